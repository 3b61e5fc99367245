-- 2026: Anton 450, Berta 30 + 90, Caesar 70, Dora 20, together 660, all exclusive but 50 + 20: 590 ÷ 660.
-- 2025 up to 15 October: 400 + 100 exclusive of 550.
SELECT scope, of, revenue, round(exclusive_year, 4) AS share, round(exclusive_year_before, 4) AS earlier
FROM channel_year
WHERE of IN ('company', 'q')
ORDER BY scope, of
