-- Headcounts at the ends of October 2025 to October 2026 (the 15th). Company: 5 (top, mid, ann, cat, dan) from October
-- to January, 4 months: 20; 6 with bob in February; 5 in March, for cat's last day is the 31st, to July, 5 months: 25;
-- 4 in August, mid's last day; 5 with fay in September and October: 10. Sum 65 ÷ 13 = 5; 2 left: 2 ÷ 5 = 0.4.
-- Head office 1. North: 3 × 4 + 4 + 3 × 5 + 2 × 3 = 37 ÷ 13 = 2.8462; 2 ÷ 2.8462 = 0.7027. South: 11 + 2 × 2 = 15 ÷ 13.
SELECT of, round(average, 4) AS average, joined, gone, round(turnover, 4) AS turnover FROM organization_turnover ORDER BY of
