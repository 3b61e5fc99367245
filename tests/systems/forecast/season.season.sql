-- Each month is what it was a year before, so seasonal naive errs by nothing: it wins before others
-- that err as little, and its interval has no width. March 300, April 400 … August 800; six months
-- 3,300, as a year before. 26 months: 8 origins. Saturday 28 February: no working day is left.
SELECT scope, month, mean / 100.0 AS mean_number, l95 / 100.0 AS low, h95 / 100.0 AS high, half / 100.0 AS half_number,
       before / 100.0 AS before_number, change, method, origins, mase, gain
FROM forecast_units
WHERE scope = 'company'
