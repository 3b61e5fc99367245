-- 31 March, the last day of the quarter. Won: d1; d6 is won later. Open: d3, d4, d6: 1300.01. The quarter is over, and nothing
-- can cover it any more; the year still needs 2000 − 800 = 1200: 1.0833. Deals begin in January: of the year before
-- nothing is known. Three decided are too few for a rate.
SELECT grain, name, CASE WHEN value < 100 THEN round(value, 4) ELSE value END AS v, before AS b
FROM funnel_period_figures
WHERE scope = 'company'
ORDER BY grain, rank
