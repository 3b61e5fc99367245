-- 1 − 50 ÷ 200 and 1 − 30 ÷ 300.
SELECT person, month, measure, value FROM forecast_measures ORDER BY month
