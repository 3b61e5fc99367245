-- Ben has left: what he sold to c3 (400) is Ann's, who looks after it. Overdue of Ann and of the team:
-- 100 + 50 + 300 + 400 = 850 of 850 + 1,150 owed; i10 (7) has neither person nor customer: the
-- company's alone. South: c1 and c3: 550 of 550 + 1,150; north: c2, all of 300. East owes nothing: no
-- row. Land holds the three.
SELECT scope, of, receivables, owed, overdue_invoices, overdue_amount, round(overdue_share, 4) AS overdue_share, over_90
FROM receivables_now
ORDER BY scope, of
