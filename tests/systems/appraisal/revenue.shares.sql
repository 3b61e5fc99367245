-- as of 2026-03-31
-- The same by month: Ann 100.00 in February, 45.00 + 5.00 + 15.00 − 7.50 = 57.50 in March, Ben 45.00 + 5.01 + 45.00 − 22.50 = 72.51.
-- D1 is 0.6 Ann's since 15 March; D2 was decided on the 10th, before Ben's share of it starts.
SELECT of, month, 'revenue' AS what, revenue AS amount FROM revenue_by_month WHERE scope = 'person'
UNION ALL
SELECT of, deal, 'deal', amount FROM funnel_members WHERE scope = 'person'
ORDER BY what, month, of
