-- Anna: February 100 and 100, March 50 predicted and nothing ordered while Ben's customer ordered, April 90 and 100. Her errors are 0 + 50 + 10 = 60 of the
-- 200 ordered: 1 − 60 ÷ 200 = 0.7; too much in one month of three, bias (240 − 200) ÷ 200. Brands: 0 + (30 + 20) + (30 + 40) = 120: 0.4; key
-- products: 0 + 30 + 30 = 60 of 160: 0.625. January is not in orders.csv: not known to be nothing. Ben is right, and of his key products nothing is known.
-- Carl looks after nobody: nothing to compare. The company: 1 − 60 ÷ 220 and 1 − 120 ÷ 220.
SELECT scope, of, months, predicted AS p, ordered AS o, too_much AS more, too_little AS less, round(prediction_accuracy, 6) AS total,
       round(brand_accuracy, 6) AS brand, round(key_accuracy, 6) AS keys, round(prediction_bias, 6) AS bias
FROM demand_accuracy
WHERE scope <> 'region'
ORDER BY scope, of
