-- March up to the 15th against February up to the 15th (its 500 of the 20th do not count): blog 120
-- − 100 = +20, news 60, link 20 − 90 = −70, dead 0 − 10. Before: 200 in all; contributions 0.1,
-- 0.3, −0.35, −0.05 add up to 0 = 200 ÷ 200 − 1.
SELECT placement, visitors_before, visitors_month, change, contribution
FROM traffic_by_placement
ORDER BY placement
