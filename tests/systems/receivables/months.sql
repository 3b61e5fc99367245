-- At the ends of the months. November: i1 (100) is not due. December: i1 30 days past due, i2 (200)
-- and i13 (10) not due: 310. January: i1 100 + i2 200 + i13 10 overdue, i5 400 and i3 300 besides:
-- 1,010. February: i1, i2 50, i5 400 overdue; i3 is due on the 29th itself, i4 80 not, i7 40, g1 −30,
-- g2 −40: 900; of 970 without the credit notes. March up to the 15th: as in aging.
SELECT month, receivables, overdue_amount, over_90, round(overdue_share, 4) AS overdue_share
FROM receivables_by_month
WHERE scope = 'company'
ORDER BY month
