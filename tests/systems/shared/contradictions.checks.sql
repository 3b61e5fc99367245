-- status 1
-- o1 is shared 60 + 30 %, d1 100 + 10 %; o2 adds up. Regions a and b lie in each other, ann and ben
-- report to each other, one region has the key of all together; all are told of, and none makes a query run in circles.
SELECT severity, tbl, row, text FROM shared_checks ORDER BY tbl, row, text
