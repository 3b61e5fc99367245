-- On 15 March 2024. Not due: i6 is due that very day (150), i8 (1,000). i3 was due on the leap day,
-- 15 days ago (300), i10 3 days ago (7). i5: 1 February, 43 days (400). i2, without a day of its own,
-- is due 30 days after 10 December, on 9 January: 66 days; 150 of 200 came (50). i1: 1 December, 30 +
-- 31 + 29 + 15 = 105 days; what comes on 20 March is not known (100). g1 is neither set off nor paid
-- out (−30); g2 was set off against i7. Shares of 2,007, all without g1. Together 2,367 invoiced − 390
-- paid = 1,977.
SELECT bucket, invoices, amount, round(share, 4) AS share, sum(amount) OVER () AS receivables
FROM receivables_aging
WHERE scope = 'company'
ORDER BY bucket
