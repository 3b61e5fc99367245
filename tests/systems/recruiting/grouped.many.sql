-- Twelve wait for 63 days and more: the ten longest have a line each, the other two one together; nobody is known to
-- answer them. Since the 30th day after 1 and 11 January.
SELECT CASE WHEN id LIKE '%others' THEN 'others' ELSE 'each' END AS lines_are, count(*) AS exceptions, owner, min(since) AS since
FROM recruiting_exceptions
GROUP BY 1, 3
ORDER BY 1
