-- February, the last month that is over. Anna ordered 50 + 30 + 20 = 100, predicted 60 + 20 + 30 = 110: 1 − 10 ÷ 100 =
-- 0.9; bias 0.1. Brands: Forest 80 predicted, 80 ordered; Garden 30 and 20: 1 − 10 ÷ 100 = 0.9. Key products: Forest
-- 60 and 50, Garden 30 and 20: 1 − 20 ÷ 70 = 0.714286.
-- Ben ordered 20 of Hill, predicted 10, and 5 of Forest: total 1 − 5 ÷ 20 = 0.75, bias −0.25; brands 1 − (10 + 5) ÷
-- 20 = 0.25; of key products nothing was ordered: not known. Gone's customers are others' today: nothing to compare.
SELECT person, month, predicted AS p, ordered AS o, round(prediction_accuracy, 6) AS total, round(brand_accuracy, 6) AS brand,
       round(key_accuracy, 6) AS keys, round(prediction_bias, 6) AS bias
FROM demand_accuracy_months
ORDER BY person, month
