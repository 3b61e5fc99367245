-- February: 250 of the 5th counts, 210 is the latest. March: nothing up to the 7th, so the first, 330.
-- Funnel of February, on its first day: d1 400 × 0.3, d3 200 × 0.1 (acceptance only from the 10th) =
-- 140; of March: d1 was put off to April on 15 February, d3 is won, d2 is due in May: 0; of the second
-- quarter: d1 120 + d2 1000 × 0.1 = 220. Model of February: January, 150; of March: (150 + 200) ÷ 2;
-- of the quarter: 3 × 216.67 (cents are rounded at the end: 650.00).
SELECT period, word, word_now, best_case, funnel AS funnel_said, model AS model_said, actual AS came, over
FROM forecast_periods
ORDER BY first_month
