-- e2 1,100 − 60 = 1,040, n1 100 − 40 = 60 behind. e2, which lags, is told once. e1: not sold since
-- 12 May 2025, 314 days; January to 22 March 2025 it sold 50, this year nothing. old: not sold since
-- 6 January 2025, 440 days. Both since the 91st day; a launch since its day.
SELECT id, severity, cost, text, page, key, since FROM products_exceptions ORDER BY id
