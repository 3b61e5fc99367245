-- A table without rows: nothing is known, nothing is said, nothing is to do.
SELECT (SELECT count(*) FROM recruiting_groups) AS groups_rows, (SELECT count(*) FROM recruiting_findings) AS findings_rows,
       (SELECT count(*) FROM figures WHERE system = 'recruiting') AS figures_rows,
       (SELECT count(*) FROM recruiting_exceptions) AS exceptions_rows
