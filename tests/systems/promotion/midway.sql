-- as of 2026-02-05
-- a on its fourth day, a Thursday: 500 sold; one Monday and one Thursday: 800 ÷ 8 + 160 ÷ 8 = 120; a year before, up to
-- Thursday the 6th, 300 × 2 = 600; baseline 360, uplift 140. It runs: no extra revenue, no result, nothing of the weeks after.
SELECT promotion, state, sales, baseline_before AS before_it, baseline_year AS year_ago, baseline, uplift, after_change, net_uplift,
       verdict AS result
FROM promotion_results
WHERE promotion = 'a'
