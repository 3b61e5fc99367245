-- as of 2024-03-06
-- A day later c1 is too long ago (11 days), and c2 has been visited again: 1 of 2 for Ann; of all 2 of 5.
SELECT scope, of, cadence_customers AS n, visited_in_time AS i, round(visit_coverage, 6) AS share
FROM visits_coverage
WHERE of IN ('company', 'ann')
ORDER BY scope, of
