-- What a model may not hold, and names that are taken.
CREATE TABLE own_table (n);
DROP VIEW exceptions;
CREATE VIEW own AS SELECT 1 AS n;
CREATE VIEW measures AS SELECT 1 AS n;
CREATE VIEW own_names(a, b) AS SELECT name FROM own;
CREATE VIEW own_halves AS SELECT n / 2 AS half FROM own;
CREATE VIEW own_clock AS SELECT date('now') AS today;
CREATE VIEW own_links AS SELECT link('person', name) AS href FROM own;
CREATE VIEW own_checks AS SELECT 'error' AS severity, 'own' AS tbl, 1 AS row, 'odd' AS text;
CREATE VIEW own_broken AS
SELECT name,
       nmae
FROM own;
CREATE VIEW own_follows AS SELECT name FROM own_broken;
CREATE VIEW own_months AS SELECT month(name) AS month FROM own;
