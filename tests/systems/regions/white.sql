-- Sales of 12 months were made as 10 + 2 × gross product + 3 × inhabitants + an error of 1, −1, −1, 1, 0, 0 for
-- A to F, which is at right angles to both and to the constant, so that least squares find the plane and leave
-- the errors: A 16 for 15, B 20 for 21, C 18 for 19, D 26 for 25, E and F 20. A's sales lie in its city; those of 31
-- October 2025 and of 20 October 2026 lie outside. Z, without sales, takes 10 + 20 + 30; H's size is not known.
SELECT region, revenue_12, usual_sales, white_space, sales_per_1000
FROM regions_white
ORDER BY region
