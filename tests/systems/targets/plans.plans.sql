-- 31 December 2025: the year before the next one is over. Company, revenue: 200 + 60 + 40 = 300, plan 360, growth
-- 0.2; 100 in 2024. Collections are known from March 2025 on, so nothing is of 2025 as a whole, nor of its
-- first quarter. New customers: one in the first quarter of 2025, none in that of 2024. ann 264 ÷ 240 = 1.1; new came
-- in July, so 120 on 60 is no growth.
SELECT scope, of, kind, period, state, target, year_before, two_years_before, round(plan_growth, 5) AS plan_growth,
       partial
FROM targets_plans
WHERE seq IN (4, 6) AND target IS NOT NULL
ORDER BY scope, of, kind, seq
