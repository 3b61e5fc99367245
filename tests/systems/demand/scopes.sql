-- Errors are added up over people: company 1 − (10 + 5) ÷ 120 = 0.875, brands 1 − (10 + 15) ÷ 120 = 0.791667, key
-- products 1 − (20 + 5) ÷ 70 = 0.642857 (Ben's 5 of Forest were for nothing); bias (125 − 120) ÷ 120 = 0.041667.
SELECT scope, of, months AS m, round(prediction_accuracy, 6) AS total, round(brand_accuracy, 6) AS brand,
       round(key_accuracy, 6) AS keys, round(prediction_bias, 6) AS bias
FROM demand_accuracy
ORDER BY scope, of
