-- a: 180 ÷ 20 = 9 after 100 ÷ 10 = 10: −10 %. b: 31 after 30. c: 23 after 20. d: 0.35 after 0.33:
-- (0.70 ÷ 2) ÷ (1 ÷ 3) = 1.05. g: none this year. n: none last year.
SELECT product, price_unit, price_before, round(price_change, 4) AS change
FROM products_items
ORDER BY product
