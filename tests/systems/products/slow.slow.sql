-- January to March 2026 against the same of 2025. even 5 of 10: not less than half. fall 4 of 10.
-- pace: 7 in stock, 3 sold, 7 months, but more than the 2 of last year. shelf: 8 + 3 − 4 = 7 in stock,
-- 3 sold, 7 ÷ (3 ÷ 3) = 7 months, no more than the 4 of last year; a piece brought 40 ÷ 4 = 10 in 12
-- months: 70. silent: 31 December is 90 days ago, not over 90: moves. never: on sale since June, never
-- sold. off: nothing sold in 24 months, no stock: off the list. young: three months on sale.
SELECT product, why, pieces_3, pieces_3_before, stock, stock_months, cost
FROM products_slow
ORDER BY product
