-- Of the largest, Z: inhabitants 10, gross product 10; the last rank is 4. A: (10 + 10 + 25) ÷ 3; E: (20 + 20 + 75) ÷ 3;
-- B has no rank: (30 + 10) ÷ 2; of H inhabitants alone are known: 50. Of the country nothing is.
SELECT region, round(market_score, 2) AS score
FROM regions_scores
WHERE region IN ('a', 'b', 'e', 'z', 'h', 'cn')
ORDER BY region
