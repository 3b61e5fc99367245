-- A visits.csv with heads only.
SELECT (SELECT count(*) FROM visits_by_month) + (SELECT count(*) FROM visits_tiers) + (SELECT count(*) FROM visits_steps)
       + (SELECT count(*) FROM visits_unvisited) + (SELECT count(*) FROM visits_exceptions)
       + (SELECT count(*) FROM visits_findings) + (SELECT count(*) FROM visits_scope_figures)
       + (SELECT count(*) FROM visits_joint) AS n
