-- Towns stand on the level of the county in which they lie: it is left out, and the plane is that of white.sql.
-- Scores too: D is the largest of the towns.
SELECT w.region, w.usual_sales, w.white_space, round(s.market_score) AS score
FROM regions_white AS w
JOIN regions_scores AS s ON s.region = w.region
WHERE w.region IN ('a', 'd', 'w')
ORDER BY w.region
