-- Decided in the last 12 months: d1 won, d2 and d5 lost: 1 ÷ 3; by value 100 ÷ 350. ann 1 of 2, ben
-- 0 of 1.
SELECT scope, of, won, lost, round(win_rate, 4) AS win_rate, won_value, lost_value, round(win_rate_by_value, 4) AS win_rate_by_value
FROM funnel_wins
ORDER BY scope, of
