-- as of 2026-01-14
-- In the middle of the month even supply is that of the working days gone: 7 of 10 lie in the first ten days
-- (2, 4, 5 to 9; then 12, 13, 14), none from the 21st on. The running month's totals can still be moved.
SELECT round(e.even_first, 6) AS first, round(e.even_last, 6) AS last, p.over, p.month, p.closed, p.base_month
FROM supply_even AS e
JOIN supply_plan AS p ON p.month = e.month
