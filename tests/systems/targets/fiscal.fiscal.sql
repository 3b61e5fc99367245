-- The fiscal year 2026 begins in April 2026; its fourth quarter is January to March 2027. Actual of
-- the quarter 4 + 8 = 12, of the year 2 + 4 + 8 = 14 (March 2026 belongs to the year before).
SELECT kind, grain, period, target, actual
FROM targets_periods
WHERE scope = 'company' AND kind = 'revenue' AND grain <> 'month'
ORDER BY grain
