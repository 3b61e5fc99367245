-- The company's target by month: January and February as given, March what is left of the quarter,
-- the rest of the year (1200 − 300 = 900) over April to December by their working days 22, 21, 22,
-- 23, 21, 22, 22, 21, 23 (197): 900 × 22 ÷ 197 = 100.50761, × 21 = 95.93908, × 23 = 105.07614. The
-- whole cents of these make 899.93; the seven cents left go to the largest remainders: three months
-- of 21 days (.908) and four of 22 (.761). Sum: 900.00.
SELECT month, amount AS plan
FROM targets_by_scope
WHERE scope = 'company' AND kind = 'revenue' AND month LIKE '2026%'
ORDER BY month
