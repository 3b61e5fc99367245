-- Collection rate = collected ÷ target. March: 80 ÷ 100. The year: 60 + 160 + 80 = 300 of 300 for its
-- three months; plan to date 200 and 11 of March's 21 working days: 100 × 11 ÷ 21 = 52.38.
SELECT scope, grain, kind, target, actual, due, round(attainment, 4) AS attainment
FROM targets_periods
WHERE kind = 'collections' AND grain IN ('month', 'year') AND scope IN ('company', 'person') AND of <> 'ben'
ORDER BY scope, grain
