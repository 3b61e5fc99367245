-- More than 90 days before 15 April: before 15 January. Days: c 408, d 360, e 135, i 552. c: 3 Sep
-- 2024 to 3 Mar 2025 are 181 days over two gaps, 90.5; Y 150, X 50.
SELECT customer, quiet_days, usual_days, at_stake AS cost, bought_lines
FROM customers_dormant
ORDER BY customer
