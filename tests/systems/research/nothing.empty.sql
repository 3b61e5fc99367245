-- No notes, no prices: no rows.
SELECT (SELECT count(*) FROM research_figures) AS figures, (SELECT count(*) FROM research_findings) AS findings,
       (SELECT count(*) FROM research_exceptions) AS points, (SELECT count(*) FROM research_index) AS indexes
