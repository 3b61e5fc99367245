-- Tables without rows.
SELECT (SELECT count(*) FROM training_year) AS a, (SELECT count(*) FROM training_rule) AS b,
       (SELECT count(*) FROM training_findings) AS c, (SELECT count(*) FROM training_exceptions) AS d,
       (SELECT count(*) FROM figures WHERE system = 'training') AS e
