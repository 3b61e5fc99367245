-- Orders since January, targets since October: the quarter has its plan whole, 1800 × 22 ÷ 66 = 600 to date; the year
-- has none for nine of its months, and what came in them is not set against the other three.
-- Forecast of the year: (5220 + 286 + 110) × 261 ÷ 217 = 6754.73; 217 = 22 + 20 + 22 + 22 + 21 + 22 + 23 + 21 + 22 + 22.
SELECT grain, kind, target, full_target, actual, due, attainment, pace, forecast, required
FROM targets_periods
WHERE kind = 'revenue' AND scope = 'company'
ORDER BY grain
