-- Ann: 100 + 60 + 60.76 (three quarters of 81.01) = 220.76, outside the 60 in south: 160.76 ÷ 220.76 =
-- 0.7282. Ben has a territory since January: the 30 of December do not count for him; 50 of 50 + 40 +
-- 20.25 = 0.4535; to schools nothing of 140.25. Cat has left, but sold inside. Dee sold nothing: unknown.
-- Eve has no territory: unknown, not 0.
SELECT person, cells, revenue_12, held AS outside, territory_revenue, round(territory_share, 4) AS territory_share,
       speciality_revenue, round(speciality_share, 4) AS speciality_share, main_industry, round(main_share, 4) AS main_share
FROM market_people
ORDER BY person
