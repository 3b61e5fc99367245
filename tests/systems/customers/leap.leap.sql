-- As of 29 February 2024, without tiers. x: 10 + 20 up to February 2023, 33 since: exactly a tenth
-- more. y ordered first on 1 March 2023, after the day a year ago. x is all of the larger ones: A; y
-- comes after 33 ÷ 38 = 86.8 %: B.
SELECT customer, revenue_12, revenue_before, dynamics, abc, key_customer
FROM customers_dynamics
ORDER BY customer
