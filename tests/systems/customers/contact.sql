-- Ann: a 2, b 2, e 1, g 1 orders in 12 months: 6 ÷ 12 ÷ 4; visits of February and March, 12 ÷ 2 ÷ 4
-- (those of April 2025 are older). Ben: f and j, 2 ÷ 12 ÷ 2; no visits counted.
SELECT person, buyers, round(orders_a_month, 4) AS theirs, round(visits_a_month, 4) AS ours
FROM customers_contact
ORDER BY person
