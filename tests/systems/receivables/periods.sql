-- As of 15 March: 60 + 160 + 80 = 300 in the quarter; the plan of Ann, and so of all, is 100 + 100 + 100 × 11 of 21 days =
-- 252.38: 119 %. Payments begin in November: of the year before nothing is known.
SELECT f.grain, f.value AS v, f.target AS t, f.before AS b, s.text AS said
FROM receivables_period_figures AS f
JOIN receivables_period_findings AS s ON s.scope = f.scope AND s.of = f.of AND s.grain = f.grain
WHERE f.scope = 'company' AND f.name = 'collected'
ORDER BY f.grain
