-- 1900 + 110 + 100 + 400 + 10 − 600 − 700 = 1220. Kept: (500 + 400 + 110) ÷ 1900.
SELECT b.dynamics, b.buyers, b.revenue_change, r.revenue_before, r.revenue_12, round(r.revenue_retention, 4) AS kept
FROM customers_bridge AS b
JOIN customers_retention AS r ON r.scope = b.scope AND r.of = b.of
WHERE b.scope = 'company'
ORDER BY b.seq
