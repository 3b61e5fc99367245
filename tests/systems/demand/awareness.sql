-- Anna: December 2023 0 of 1; January 3 of 4; February 1 of 2 (asked without a person: who looks after c1); March 4
-- of 4. January to March 8 of 10. Ben 2 of 10; that of the 16th is not seen. Company 10 of 20.
-- Wilson, z² = 3.841459: 8 of 10: (16 + 3.841459 ± 1.959964 × √(3.841459 + 4 × 8 × 0.2)) ÷ (2 × 13.841459)
--   = (19.841459 ± 1.959964 × √10.241459 = 6.272362) ÷ 27.682918: 0.490162 and 0.943318.
-- 4 of 4: (8 + 3.841459 ± 3.841459) ÷ 15.682918: 0.510109 and 1.
SELECT of, span, month, knowing AS k, confusing AS c, unknowing AS u, answers AS n, round(awareness, 6) AS rate,
       round(awareness_low, 6) AS low, round(awareness_high, 6) AS high
FROM demand_awareness
WHERE (scope = 'person' AND (of = 'a' OR span = 'recent')) OR (scope = 'company' AND span = 'recent')
ORDER BY scope, of, span, month
