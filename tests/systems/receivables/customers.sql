-- c1: 100 + 50 + 1,000 − 30 = 1,120 of 1,000; c3: 400 + 150 of 600; c2 has no limit: unknown; c4 has
-- one of nothing, but owes nothing: no row. Most is overdue at c3 (400), then c2 (300), c1 (150).
SELECT customer, receivables, overdue_amount, oldest_days, over_90, credit_balance, round(limit_used, 4) AS limit_used,
       over_limit, worst, last_paid
FROM receivables_customers
ORDER BY worst, customer
