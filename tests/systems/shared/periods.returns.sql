-- As of 15 June 2026, no targets. The quarter: b2 80 − 80, b3 60, r2 −10: 50; up to the same day of last year a2 100 − r0
-- 30 = 70 (a3 came later): 28.6 % less. Orders b2 and b3; last year a2. The year: 50 against 170: 70.6 % less; of
-- January 2025 on, so all of it is known. Orders b1, b2, b3 against a1, a2.
SELECT f.scope, f.grain, f.name, f.value, f.before, CASE f.rank WHEN 51 THEN s.text END AS said
FROM shared_period_figures AS f
JOIN shared_period_findings AS s ON s.scope = f.scope AND s.of = f.of AND s.grain = f.grain
ORDER BY f.scope, f.grain, f.rank
