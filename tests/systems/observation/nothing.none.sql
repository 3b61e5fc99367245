-- for managers
-- A table without rows: nothing is known, nothing is said, nothing is to do.
SELECT (SELECT count(*) FROM observation_people) AS people_rows, (SELECT count(*) FROM figures WHERE system = 'observation') AS figures_rows,
       (SELECT count(*) FROM observation_findings) AS findings_rows, (SELECT count(*) FROM observation_exceptions) AS exceptions_rows
