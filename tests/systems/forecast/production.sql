-- a: stock of March 50 + 20 − 30 = 40 (the row of April is not over yet); 20 a month are expected, no
-- interval, so no safety stock. Needed up to April 20 − 40, May 40 − 40, June 60 − 40 = 20, then 20 a
-- month. b: 1 in stock, 2 a month: 1, then 2. c has neither sales nor stock.
SELECT product, month, stock, mean AS pieces_expected, safety, quantity, planned
FROM forecast_production
ORDER BY product, month
