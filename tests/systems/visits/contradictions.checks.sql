-- February is the first month of visits.csv and may have begun in its middle; March agrees (2), April of Ann (1)
-- too, Bob has none. The deal of the second row is c2's; l left two days before; x is nobody; a next step before
-- its visit.
SELECT severity, tbl, row, text FROM visits_checks ORDER BY tbl, row
