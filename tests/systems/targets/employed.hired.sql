-- new came on 16 February: the first quarter is half of February and March, 10 + 22 working days, all gone:
-- pace = attainment = 72 ÷ 84 = 0.85714; without a year before there is no growth. gone left in January: one month,
-- 80 of 100, a year before 50.
SELECT kind, of, target, actual, due, working_days, round(attainment, 5) AS attainment, round(pace, 5) AS pace,
       before_actual, round(growth, 5) AS growth
FROM targets_periods
WHERE scope = 'person' AND grain = 'quarter'
ORDER BY of
