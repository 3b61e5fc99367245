-- as of 2026-03-23
-- A Monday: what came on Friday, o8 of 999.00, is of yesterday; the week is empty, and of the week before its
-- Monday counts, o7 of 10.00.
SELECT scope, of, revenue_yesterday, revenue_week, week_before
FROM revenue_days
ORDER BY scope, of
