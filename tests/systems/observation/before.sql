-- as of 2023-12-01
-- for managers
-- Before the first observation nothing is known.
SELECT (SELECT count(*) FROM observation_people) AS people_rows, (SELECT count(*) FROM observation_findings) AS findings_rows,
       (SELECT count(*) FROM observation_exceptions) AS exceptions_rows
