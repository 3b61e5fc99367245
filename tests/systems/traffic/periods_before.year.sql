-- as of 2026-06-09
-- Nobody came from April on, so no part of it can be told; last year 10 in May, and the 120 of 10 June came a day later than the same day.
SELECT f.name, f.value, f.before, s.text AS said
FROM traffic_period_figures AS f
JOIN traffic_period_findings AS s ON s.grain = f.grain
WHERE f.grain = 'quarter'
ORDER BY f.rank
