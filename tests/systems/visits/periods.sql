-- As of 5 March: 1 visit in January, 5 in February, 2 in March. Nobody had a plan before March, so that these visits stand
-- against none. Visits begin in January: of the year before nothing is known.
SELECT f.scope, f.of, f.grain, f.value, f.target, f.before, s.text AS said
FROM visits_period_figures AS f
JOIN visits_period_findings AS s ON s.scope = f.scope AND s.of = f.of AND s.grain = f.grain
WHERE f.of <> 'all'
ORDER BY f.scope, f.of, f.grain
