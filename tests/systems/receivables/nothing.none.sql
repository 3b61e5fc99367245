-- Tables without rows: nothing is known, nothing is said, nothing is to do.
SELECT (SELECT count(*) FROM receivables_now) AS now_rows, (SELECT count(*) FROM figures WHERE system = 'receivables') AS figures_rows,
       (SELECT count(*) FROM receivables_findings) AS findings_rows, (SELECT count(*) FROM receivables_exceptions) AS exceptions_rows
