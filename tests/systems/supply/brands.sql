-- Forest: wanted 12 + 10 + 5 + 6 + 3 + 20 = 56, supplied 12 + 10 + 5 + 3 + 0 + 20 = 50; 6 × its list price of 12.00.
-- Garden: wanted 6 + 5 + 8 = 19, supplied 6 + 0 + 4 = 10; it has no price, so 9 × 100.00 ÷ 10 of all that was sold.
SELECT brand, wanted AS w, supplied AS s, unmet AS u, round(demand_met, 6) AS met, cost
FROM supply_brands
WHERE scope = 'company'
ORDER BY brand
