-- as of 2023-12-30
-- Before the first answer, order and month nothing is known, and no rate is 0.
SELECT (SELECT count(*) FROM demand_by_month) + (SELECT count(*) FROM demand_awareness) + (SELECT count(*) FROM demand_league)
       + (SELECT count(*) FROM demand_findings) + (SELECT count(*) FROM demand_exceptions)
       + (SELECT count(*) FROM demand_scope_figures) + (SELECT count(*) FROM demand_measures) AS n
