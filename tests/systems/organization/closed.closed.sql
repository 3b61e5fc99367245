-- Over the 13 ends of months from October 2025 on. Depot had Gus at 7 of them, October to April: 7 ÷ 13 = 0.5385, and
-- he left: 1.8571. New had 2 in July and August, 1 in September and October: 6 ÷ 13 = 0.4615, 1 left: 2.1667. At the
-- Fair Jo came and went within August: nobody was there at a month's end. North 1. Together 26 ÷ 13 = 2, 3 left of
-- 3 who came: the units add up to the company.
SELECT of, round(average, 4) AS average, joined, gone, round(turnover, 4) AS turnover FROM organization_turnover ORDER BY of
