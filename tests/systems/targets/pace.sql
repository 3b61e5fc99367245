-- Pace of the company on Monday 16 March 2026. March has 21 working days (22 weekdays less 9
-- March), 10 are gone, 11 left; January has 22, February 20, the year 260.
-- month:   target 300 − 100 − 90 = 110; actual 33.33 + 20 + 10 = 63.33 (o8 is later: not seen)
--          due 110 × 10 ÷ 21 = 52.38; pace 63.33 ÷ 52.38095 = 1.20903; forecast 63.33 × 21 ÷ 10 = 132.99
--          required (110 − 63.33) ÷ 11 = 4.24; a year before up to the 16th: 30; growth 63.33 ÷ 30 − 1
-- quarter: target 300; actual 90 + 110 + 63.33 = 263.33; due 100 + 90 + 52.38 = 242.38
--          52 of 63 days: pace 263.33 × 63 ÷ (300 × 52) = 1.06345; forecast 263.33 × 63 ÷ 52 = 319.03
--          required 36.67 ÷ 11 = 3.33; before 60 + 0 + 30 = 90
-- year:    52 of 260 days: pace 263.33 ÷ (1200 × 0.2) = 1.09721; required 936.67 ÷ 208 = 4.50; of 2025 60 + 30 of
--          60 + 30 + 50 = 140 had come by 16 March: forecast 263.33 × 140 ÷ 90 = 409.62 (by days it were 1316.65)
SELECT kind, grain, target, actual, due, round(attainment, 5) AS attainment, round(pace, 5) AS pace, forecast, required,
       before_actual, round(growth, 5) AS growth
FROM targets_periods
WHERE scope = 'company' AND kind = 'revenue'
ORDER BY grain
