-- New Year's day is no working day: nothing is gone of 21, so pace, forecast and a daily rate are
-- unknown, not infinite. A target of 0 has no attainment. There is no year before.
SELECT kind, scope, target, actual, due, attainment, pace, forecast, daily, required, growth
FROM targets_periods
WHERE kind = 'revenue' AND grain = 'month' AND scope IN ('company', 'person')
ORDER BY scope
