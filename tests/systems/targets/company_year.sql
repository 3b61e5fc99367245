-- as of 2026-02-10
-- The year, its first quarter and that quarter's months. The quarter is running: beside 90 + 110 = 200 stands January
-- 2025, 60, and February up to the 10th, nothing; March 2025, 30 + 50, is for its own row alone.
SELECT 'revenue' AS kind, depth, period, target, actual, before_actual
FROM targets_company_year
WHERE quarter IN ('2026', '2026-Q1')
ORDER BY depth > 0, quarter, month
