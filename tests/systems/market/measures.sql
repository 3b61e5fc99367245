-- February: Ann all inside (60.76), Ben 50 of 110.25; January: Ann nothing inside of 60. Without a
-- territory or a speciality no row: Eve.
SELECT person, month, measure, round(value, 4) AS number FROM market_measures ORDER BY measure, person, month
