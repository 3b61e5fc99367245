-- What people earn on average. Money.
CREATE VIEW pay_average AS
SELECT CAST(round(ratio(sum(salary), count(salary))) AS INTEGER) AS average FROM staff;

-- Who earns the most is to be seen: an exception that only managers may know.
CREATE VIEW pay_exceptions AS
SELECT concat('pay:', person) AS id, 1 AS severity, salary AS cost, person AS owner, concat(name, ' earns Spitzenlohn') AS text,
       NULL AS page, NULL AS key, as_of() AS since
FROM staff
WHERE salary > 50000000;

-- The search of managers finds them too.
CREATE VIEW pay_finds AS
SELECT 'pay' AS kind, concat('fund:', person) AS id, concat(name, ' Spitzenfund') AS name, 'staff' AS page, person AS key
FROM staff
WHERE salary > 0;
