-- Finished stays in contact: d1 15 days, d2 22, d3 36, d5 10, d6 47: median 22, quartiles 15 and
-- 36. In acceptance d1 21, d2 32: median 26.5, quartiles by type 7: 21 + 11 ÷ 4 = 23.75 and 29.25.
-- d4 and d6 still stand in theirs.
SELECT stage, stays, q1_days, median_days, q3_days FROM funnel_stage_days ORDER BY seq
