-- As of 15 April 2026: the last 12 months are May 2025 to 15 April 2026, the same period of last
-- year May 2024 to 15 April 2025. a: 300 + 100 after 600 + 400 (the 50 of 20 April 2025 lie in
-- neither). g: 110 after 100 is a tenth more, not over a tenth. f bought in March 2024, before both.
-- d bought on 20 April 2025 only. h has not ordered by then.
SELECT customer, revenue_12, revenue_before, revenue_change, dynamics, abc, key_customer
FROM customers_dynamics
ORDER BY customer
