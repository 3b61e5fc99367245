-- as of 2024-01-04
-- The day before the first course: nothing is known, nothing is said, nothing is to do.
SELECT (SELECT count(*) FROM training_year) AS a, (SELECT count(*) FROM training_rule) AS b,
       (SELECT count(*) FROM training_findings) AS c, (SELECT count(*) FROM training_exceptions) AS d,
       (SELECT count(*) FROM figures WHERE system = 'training') AS e, (SELECT count(*) FROM training_events) AS f
