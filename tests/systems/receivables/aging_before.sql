-- as of 2023-01-01
-- Before the first invoice there is nothing: no aging, no DSO, no figure, no sentence.
SELECT (SELECT count(*) FROM receivables_aging) AS aging, (SELECT count(*) FROM receivables_dso) AS dso_rows,
       (SELECT count(*) FROM receivables_figures) AS figures_rows,
       (SELECT count(*) FROM receivables_findings) AS findings_rows
