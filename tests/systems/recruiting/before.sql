-- as of 2023-02-28
-- Before the first application nothing is known.
SELECT (SELECT count(*) FROM recruiting_groups) AS groups_rows, (SELECT count(*) FROM recruiting_findings) AS findings_rows,
       (SELECT count(*) FROM figures WHERE system = 'recruiting') AS figures_rows,
       (SELECT count(*) FROM recruiting_exceptions) AS exceptions_rows
