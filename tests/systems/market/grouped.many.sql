-- Twelve industries, ten euros each, none with an owner: the ten first have a line each, the others one
-- together. Pat's territory covers nothing.
SELECT CASE WHEN id LIKE '%others' THEN 'others' ELSE 'each' END AS lines_are, count(*) AS exceptions, sum(cost) AS cost
FROM market_exceptions
WHERE id LIKE 'market:nobody:%'
GROUP BY 1
ORDER BY 1
