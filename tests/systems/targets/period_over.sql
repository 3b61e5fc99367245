-- as of 2026-03-31
-- The last day of the quarter: o8 of the 20th is in it, 1262.33 against the whole target of 300; last year 60 + 30 + 50 = 140.
-- The year's plan to date: what is left of 1200 begins in April, so 100 + 90 + 110; 1262.33 is more than all of 1200.
-- At this rate 1262.33 ÷ (140 ÷ 140).
SELECT grain, name, CASE WHEN value < 100 THEN round(value, 6) ELSE value END AS v, target AS t, before AS b
FROM targets_period_figures
WHERE scope = 'company'
ORDER BY grain, rank
