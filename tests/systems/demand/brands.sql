-- Forest: Anna 80 and 80, Ben 5 and 0: 1 − 5 ÷ 80; Garden 1 − 10 ÷ 20; Hill 1 − 10 ÷ 20, no key product. Gone's 7 of
-- Forest count here, too: 1 − 12 ÷ 80 = 0.85, bias (92 − 80) ÷ 80.
SELECT brand, predicted AS p, ordered AS o, is_key AS k, round(brand_accuracy, 6) AS rate, round(prediction_bias, 6) AS bias
FROM demand_brands
ORDER BY demand_brands.brand
