-- as of 2024-01-09
-- Before the first visit nothing is known: nobody is late or never visited, and there is no zero.
SELECT (SELECT count(*) FROM visits_by_month) + (SELECT count(*) FROM visits_tiers) + (SELECT count(*) FROM visits_steps)
       + (SELECT count(*) FROM visits_unvisited) + (SELECT count(*) FROM visits_exceptions)
       + (SELECT count(*) FROM visits_findings) + (SELECT count(*) FROM visits_scope_figures)
       + (SELECT count(*) FROM visits_joint) AS n
