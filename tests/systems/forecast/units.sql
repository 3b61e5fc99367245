-- 31 March is the last working day, so March is over. Three months are too few to try methods on: the
-- mean of the last three, without interval. Company, region, brand: (150 + 200 + 300) ÷ 3 = 216.67;
-- product a (10 + 20 + 30) ÷ 3 = 20, b (5 + 0 + 0) ÷ 3 = 1.67, whole pieces: 2. Six times that. There
-- is no year before.
SELECT scope, of, measure, month, CASE measure WHEN 'revenue' THEN mean / 100.0 ELSE mean END AS mean_number, l80, h95,
       CASE measure WHEN 'revenue' THEN half / 100.0 ELSE half END AS half_number, before, method, origins, mase
FROM forecast_units
ORDER BY scope, of
