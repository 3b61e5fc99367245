-- for managers
-- Twelve for 74 days: ten have a line each, the other two one together, with who answers for the company, all since the day
-- on which 60 were full, 14 days before the 15th.
SELECT CASE WHEN id LIKE '%others' THEN 'others' ELSE 'each' END AS lines_are, count(*) AS exceptions, owner, max(since) AS since
FROM observation_exceptions
GROUP BY 1, 3
ORDER BY 1
