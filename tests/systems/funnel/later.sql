-- as of 2026-04-30
-- A month later d6 is won and d7 is open; the three pushes of d3 have become four (31 May → 31
-- July, 61 days).
SELECT deal, state, stage, pushes, pushed_days FROM funnel_deals WHERE deal >= 'd3' ORDER BY deal
