-- Nine customers since May 2024; score = 5 − ⌊5 × (rank − 1) ÷ 9⌋: ranks 1 2 3 4 5 6 7 8 9 give
-- 5 5 4 4 3 3 2 2 1. Last orders in the order a j b f g e d c i. Orders: a 5; b and c 3 (o14 has lines
-- in two months and is one) share rank 2; g 2, rank 4; the others 1, rank 5. Revenue: a 1450, b 600, i 500,
-- g 210, c 200, e and f 100 (rank 6), d 60, j 10.
SELECT customer, rfm, rfm_group
FROM customers_rfm
ORDER BY customer
