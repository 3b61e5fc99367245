-- as of 2026-04-21
-- Three weeks into the next quarter d6 is won and nothing lost; open are d3, d4 and d7. Due by its end is d4 alone, 400 (30 June); d3
-- was pushed to 31 July on 10 April. The quarter has 65 of the year's 261 days: 2000 × 65 ÷ 261 = 498.08, nothing of which has come.
SELECT grain, rank, text FROM funnel_period_findings WHERE scope = 'company' AND grain = 'quarter' ORDER BY rank
