-- As of 16 March. The quarter: 90 + 110 + 33.33 + 20 + 10 = 263.33 of 300: 0.877767; plan to date 100 + 90 + 110 × 10 of
-- 21 days = 242.38; up to the same day of last year 60 + 30 = 90. The year is the same so far, of 1200: 0.219442; at this
-- rate 263.33 ÷ (90 ÷ 140) = 409.62 against last year's 140.
-- North: 90 + 110 + 33.33 = 233.33 of 110.71 + 70 = 180.71, where 630 (700 − March's 70) ÷ 239 days × 42 = 110.71:
-- 1.291185; to date 110.71 + 70 × 10 ÷ 21 = 144.04.
-- South: 20 + 10 = 30 of 450 ÷ 260 × 63 = 109.04: 0.275128; to date 450 ÷ 260 × 52 = 90.
SELECT scope, of, grain, name, CASE WHEN value < 100 THEN round(value, 6) ELSE value END AS v, target AS t, before AS b
FROM targets_period_figures
WHERE of IN ('company', 'n', 's')
ORDER BY scope, of, grain, rank
