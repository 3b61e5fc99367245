-- May to December 2025: 500 to 1,200 came, 6,800; 50 too much was promised in May, June, July, September,
-- October, November: 6 of 8 months, 300 together: 4.4 %. Three in four, but no more than 15 %: nobody
-- is called a boaster.
SELECT periods, too_high, round(bias, 5) AS bias, (SELECT count(*) FROM forecast_promisers) AS promisers
FROM forecast_record
WHERE scope = 'person' AND side = 'word'
