-- January to 15 March. Awareness 10 of 20: January 3 of 4, February 1 of 2, March 6 of 14; the South 2 of 10. Predictions of
-- February, the one month that is over: errors 10 + 5 ÷ 120 ordered: 0.875; the South is Ben: 1 − 5 ÷ 20. Demand is known from
-- February on, so nobody says who reported in the quarter.
SELECT scope, of, grain, name, round(value, 6) AS v, n
FROM demand_period_figures
WHERE of <> 'all'
ORDER BY scope, of, grain, rank
