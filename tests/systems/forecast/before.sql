-- as of 2025-12-31
-- Before the first order there is no series, and no figure.
SELECT (SELECT count(*) FROM forecast_steps) AS steps, (SELECT count(*) FROM forecast_figures) AS figures_n,
       (SELECT count(*) FROM forecast_findings) AS findings_n
