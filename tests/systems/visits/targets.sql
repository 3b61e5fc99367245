-- Without results.csv, visits.csv is what was reached: 2 of 20 in March, 20 × 3 ÷ 21 = 2.86, so 3 due. January and
-- February have visits but no target, so what is due of the quarter and the year is not known: 4 visits of three
-- months are not set against the 3 of March.
SELECT period, target, actual, due, round(to_plan, 4) AS part, before_actual AS before
FROM targets_periods
WHERE scope = 'person' AND of = 'ann' AND kind = 'visits'
ORDER BY period
