-- Open at the ends of the months: January d1, d2, d3 (600.01); February d2, d3, d6 (d1 is won):
-- 1,100.01; March d3, d4, d6.
SELECT month, deals, amount FROM funnel_by_month WHERE scope = 'company' ORDER BY month
