-- The ten largest have a line each; the other two one together, 50 + 50.
SELECT CASE WHEN id LIKE '%others' THEN 'others' ELSE 'each' END AS lines_are, count(*) AS exceptions, sum(cost) AS cost
FROM receivables_exceptions
GROUP BY 1
ORDER BY 1
