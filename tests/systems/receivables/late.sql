-- Days from due date to payment × money: i12 10 × 90, i11 5 × 60, i2 32 × 150, i13 17 × 10, i4 one day
-- early −1 × 80, i7 set off 15 days early −15 × 40: 5,490 ÷ 430 = 12.77. South without i11 and i4:
-- 5,270 ÷ 290 = 18.17. North: only i4. What Ben sold is Ann's.
SELECT scope, of, round(paid_late, 2) AS paid_late
FROM receivables_paid_late
ORDER BY scope, of
