-- Order o5 of 33.33 is shared in halves: 16.665 each, 3,333 cents in whole parts 1,667 + 1,666 (the
-- tie goes to the first key). ann: 16.67 + 10 = 26.67. The team has both: 26.67 + 16.66 = 43.33.
-- Regions take each order once by the customer's region: north 33.33 (c1), south 20 + 10 (c3), all
-- of them 63.33.
SELECT scope, of, revenue
FROM revenue_by_month
WHERE month = '2026-03'
ORDER BY scope, of
