-- as of 2025-03-20
-- Nothing is known of 2024, so the year goes by working days: 23 + 20 + 14 = 57 of 261 (Monday to Friday; there is no holiday in
-- 2025): 140 × 261 ÷ 57 = 641.05.
SELECT kind, actual, season, gone, forecast
FROM targets_periods
WHERE kind = 'revenue' AND scope = 'company' AND grain = 'year'
