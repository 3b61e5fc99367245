-- as of 2024-01-15
-- Before the first fact nothing was due, and nothing is said.
SELECT 'due' AS what, count(*) AS n FROM forms_expected
UNION ALL SELECT 'findings', count(*) FROM forms_findings
UNION ALL SELECT 'exceptions', count(*) FROM forms_exceptions
