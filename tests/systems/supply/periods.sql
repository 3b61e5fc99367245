-- January is all of the quarter and of the year so far: 56 ÷ 85 = 0.658824, 60 ÷ 75 = 0.8. Nothing is known of the year before.
SELECT f.scope, f.of, f.grain, f.name, round(f.value, 6) AS v, f.before AS b, CASE f.name WHEN 'limit_use' THEN s.text END AS said
FROM supply_period_figures AS f
JOIN supply_period_findings AS s ON s.scope = f.scope AND s.of = f.of AND s.grain = f.grain
WHERE f.of <> 'n'
ORDER BY f.scope, f.of, f.grain, f.rank
