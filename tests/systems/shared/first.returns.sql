-- as of 2025-06-30
-- The first year of the book, on the last working day of its second quarter: nothing is known of the year before. The
-- quarter is over, 100 − 30 + 100 = 170; the year goes on.
SELECT f.grain, f.name, f.value, f.before, s.text AS said
FROM shared_period_figures AS f
JOIN shared_period_findings AS s ON s.scope = f.scope AND s.of = f.of AND s.grain = f.grain
WHERE f.scope = 'company' AND f.rank = 51
ORDER BY f.grain
