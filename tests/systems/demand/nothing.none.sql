-- A demand.csv with heads only.
SELECT (SELECT count(*) FROM demand_by_month) + (SELECT count(*) FROM demand_awareness) + (SELECT count(*) FROM demand_league)
       + (SELECT count(*) FROM demand_findings) + (SELECT count(*) FROM demand_exceptions)
       + (SELECT count(*) FROM demand_scope_figures) + (SELECT count(*) FROM demand_measures) AS n
