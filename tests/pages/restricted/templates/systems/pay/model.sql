-- What people earn on average. Money.
CREATE VIEW pay_average AS
SELECT CAST(round(ratio(sum(salary), count(salary))) AS INTEGER) AS average FROM staff;

-- Who earns the most is to be seen: an exception that only managers may know.
CREATE VIEW pay_exceptions AS
SELECT concat('pay:', person) AS id, 1 AS severity, salary AS cost, person AS owner, concat(name, ' earns Spitzenlohn') AS text,
       NULL AS page, NULL AS key, as_of() AS since
FROM staff
WHERE salary > 50000000;
