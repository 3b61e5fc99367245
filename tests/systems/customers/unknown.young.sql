-- Order lines begin in June 2025: what was bought in the 12 months before the last 12 (July 2024 to 15 June 2025) is known
-- in part alone, the 10 of 10 June. So no change is told, nobody is new, down or lost, and no key customer falls.
SELECT customer, revenue_12, revenue_before, revenue_change, dynamics, (SELECT count(*) FROM customers_falls) AS falls
FROM customers_dynamics
ORDER BY customer
