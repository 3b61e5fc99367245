-- As of 15 March: 42 in January, 43 in February, 21 in March; 3 leads. Of last year only March is known.
SELECT f.grain, f.rank, f.name, f.value, f.before, CASE f.rank WHEN 7 THEN s.text END AS said
FROM traffic_period_figures AS f
JOIN traffic_period_findings AS s ON s.grain = f.grain
ORDER BY f.grain, f.rank
