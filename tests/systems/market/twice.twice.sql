-- A city has the name of its province.
SELECT region, name FROM market_region_names ORDER BY region
