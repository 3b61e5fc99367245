-- Visits are counted by whole months: 8 of 20; due 20 × 10 ÷ 21 = 9.52 → 10; pace 8 × 21 ÷ (20 ×
-- 10) = 0.84. The year before is not known. No money: 8 stay 8.
SELECT kind, target, actual, due, round(pace, 4) AS pace, forecast, required, before_actual
FROM targets_periods
WHERE scope = 'person' AND of = 'ann' AND kind = 'visits' AND grain = 'month'
