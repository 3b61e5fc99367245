-- This year: north's customers bought 90 + 110 + 33.33 = 233.33, its people sold 90 + 110 + 33.33 +
-- 10 = 243.33 (ann sold 10 to south). South: bought 20 + 10, its people sold 20. All of it belongs
-- to people.
SELECT scope, of, revenue, own_people, difference
FROM revenue_reconciled
ORDER BY scope, of
