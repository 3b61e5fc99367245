-- a lasts 40 ÷ 20 = 2 months. b: 1 ÷ 2 = 0.5, 1 piece short, at 50 ÷ 5 = 10 a piece.
SELECT product, stock AS stock_now, cover, shortage, shortage_value, half, half_planned
FROM forecast_supply
ORDER BY product
