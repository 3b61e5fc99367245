-- The year of who came on 16 February is what is left of it: 261 − 22 − 10 = 229 working days, 32 of them gone, without
-- the season of a company that was here all year: 72 × 229 ÷ 32 = 515.25, a day 72 ÷ 32 = 2.25. Who left in January
-- brings no more than the 80, and needs nothing a day.
SELECT of, kind, season, working_days, forecast, daily, required
FROM targets_periods
WHERE scope = 'person' AND grain = 'year'
ORDER BY of
