-- January 2026, seen on Friday the 30th. One's total is the 30 of the 12th, not the 20 agreed first; Three's
-- belongs to Ben, who looks after it; what is agreed or ordered on the 31st is not seen.
--   Anna: agreed 30 + 10, used 21 + 10 = 31: 31 ÷ 40 = 0.775; wanted 24 + 15 = 39: 31 ÷ 39 = 0.794872.
--   Ben: agreed 40, used 20: 0.5; Four has no total: wanted 20 + 8, supplied 20 + 4: 24 ÷ 28 = 0.857143.
--   Gone: 5 ÷ 5 = 1; 5 ÷ 8 = 0.625.
--   Company and both regions: 56 ÷ 85 = 0.658824; 60 ÷ 75 = 0.8.
-- Two and Six have used up their totals and get nothing of 5 and 3 from the 26th on.
-- Swing: working days 7 of 22 in the first ten (2, 4, 5 to 9), 8 from the 21st on; even 8 ÷ 22 − 7 ÷ 22 = 0.045455.
--   Anna: 3 ÷ 31 − 22 ÷ 31 − 0.045455 = −0.658358. Ben: 24 ÷ 24 − 0 − 0.045455 = 0.954545.
--   Gone: 0 − 1 − 0.045455 = −1.045455. Company: 27 ÷ 60 − 27 ÷ 60 − 0.045455.
SELECT scope, of, customers AS n, agreed AS a, used AS u, round(limit_use, 6) AS share_used, wanted AS w,
       supplied AS s, round(demand_met, 6) AS met, ran_out AS o, refused AS r, round(swing, 6) AS swings
FROM supply_by_month
WHERE month = '2026-01'
ORDER BY scope, of
