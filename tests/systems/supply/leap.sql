-- as of 2024-02-29
-- Before the first fact nothing is known, and the month ends with the leap day, a Thursday: 7 of its 21 working days
-- (21 to 23, 26 to 29) lie in the last ten. Nothing is agreed for March yet.
SELECT round(e.even_last, 6) AS last, p.over, p.month, p.base_month,
       (SELECT count(*) FROM supply_by_month) + (SELECT count(*) FROM supply_findings)
       + (SELECT count(*) FROM supply_exceptions) + (SELECT count(*) FROM supply_scope_figures) AS n
FROM supply_even AS e
JOIN supply_plan AS p ON e.month = as_of_month()
