-- Each lies in itself; in a circle each lies in all.
SELECT region, within FROM regions_within ORDER BY region, within
