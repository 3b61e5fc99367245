-- February: reported 40 + 10 + 30 + 20 = 100, by themselves 50: 0.5; ordered 50 + 30 + 20 + 20 = 120: 1.2; supplied
-- 40 + 30 + 20 + 15 = 105: 1.05. March is not over, so nothing is compared: 70 reported, 45 by themselves. April is to
-- come. Anna in February: 50 ÷ 80 and 100 ÷ 80; Ben: 0 ÷ 20 and 20 ÷ 20.
SELECT scope, of, month, reported AS r, round(self_reported, 6) AS self, wanted AS w, supplied AS s,
       round(ordered_of_reported, 6) AS ordered_part, round(supplied_of_reported, 6) AS supplied_part
FROM demand_by_month
WHERE scope <> 'region'
ORDER BY scope, of, month
