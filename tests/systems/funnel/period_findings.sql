-- d1 won; d2 and d5 lost: 250. The quarter is over, the year is not.
SELECT grain, rank, text FROM funnel_period_findings WHERE scope = 'company' ORDER BY grain, rank
