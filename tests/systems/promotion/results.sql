-- a, Monday 2 to Wednesday 11 February 2026, line L in the north (of p1 and p2; not the south, not line M):
--   sold 500 + 100. The 8 weeks before had 800 on a Monday, of which the promotion has two, and 160 on a Thursday, of which
--   it has one: 800 × 2 ÷ 8 + 160 ÷ 8 = 220. A year before 300 × (960 ÷ 480) = 600. Baseline (220 + 600) ÷ 2 = 410.
--   Uplift 190. Two weeks after: 60 − (960 × 2 ÷ 8 + 100 × 2) ÷ 2 = 60 − 220 = −160. Extra 30, of 60 spent 0.5, of the goal 0.25.
--   Pieces: 6 − (8 × 2 ÷ 8 + 2 ÷ 8 + 3 × 10 ÷ 4) ÷ 2 = 6 − 4.875 = 1.125; after 1 − (10 × 2 ÷ 8 + 2 × 10 ÷ 4) ÷ 2 = −2.75:
--   −1.625 extra pieces, so there is no cost of one.
-- b, line M in the south: eight Mondays of 100 before, 300 in its week, 100 and 100 after; nothing was sold in those weeks a
--   year before, so last year is not known. Uplift and extra 200, 50 spent: 4; 2 pieces, 25 each.
-- c, the same later: Mondays of 100 but for b's 300: 1000 ÷ 8 = 125; 425 sold, uplift 300; after 50 − 250 = −200: extra 100.
-- d is to come: what was spent is not seen. e, everything everywhere, runs since two days, a Monday and a Tuesday, and has sold
--   nothing; before 425 + 50 on Mondays and 500 on a Tuesday: 975 ÷ 8 = 121.875; nothing on these days a year before: 0; so
--   60.9375. It has no extra revenue yet. f: the weeks before are not known.
SELECT promotion, state, spent, sales, baseline_before AS before_it, baseline_year AS year_ago, baseline, uplift,
       after_change, net_uplift, promotion_return AS back, extra_units, cost_per_extra_unit, goal_reached, verdict AS result
FROM promotion_results
ORDER BY promotion
