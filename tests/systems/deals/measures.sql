-- Notes of the month on deals led by ann, the won one too: August 2 on D1 and 1 on D4, September 2, October 3 on
-- D1 and 1 on D2.
SELECT person, month, measure, value FROM deals_measures ORDER BY person, month
