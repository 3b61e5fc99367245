-- A table without rows.
SELECT (SELECT count(*) FROM promotion_results) AS a, (SELECT count(*) FROM promotion_findings) AS b,
       (SELECT count(*) FROM promotion_exceptions) AS c, (SELECT count(*) FROM figures WHERE system = 'promotion') AS d
