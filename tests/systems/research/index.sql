-- Known at the end of September (seen from April on): a 100, b 200, c 50, d 40; d has no list price.
-- Jevons: 100 × (1 × 2 × 1)^(1 ÷ 3) = 125.99. October (seen from May on): a 50, b 200, c 50:
-- 100 × (0.5 × 2 × 1)^(1 ÷ 3) = 100. Old Co was seen last in March: known up to August, at 10 of 100.
SELECT competitor, month, n, round(price_index, 2) AS price_index
FROM research_index
WHERE month >= '2026-08'
ORDER BY competitor, month
