-- A book whose first month is October; it has 22 working days, all gone, the quarter 66, the year 261, 44 of them left.
-- ann: the target of October is none of the quarter or the year: no pace, nothing needed a day. The quarter is
--   known from its first day: 286 × 66 ÷ 22 = 858; the year is not, and has no forecast. A day 286 ÷ 22 = 13.
-- bob: 2610 ÷ 261 = 10 a working day, 220 in October, 660 in the quarter; of the months before it nobody knows what
--   he reached, so they are no part of what is due. Needed a day (660 − 110) ÷ 44 = 12.50 of the quarter and
--   (2610 − 110) ÷ 44 = 56.82 of the year. The year's pace is not known; the quarter's is 110 ÷ (660 ÷ 3) = 0.5.
SELECT of, grain, kind, full_target, actual, due, attainment, pace, forecast, daily, required
FROM targets_periods
WHERE kind = 'revenue' AND scope = 'person'
ORDER BY of, grain
