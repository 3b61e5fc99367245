-- status 1
-- A lower limit; a total agreed when its month was over; 5 + 4 supplied of 5 + 3 wanted in the first ten days.
SELECT severity, tbl, row, text FROM supply_checks ORDER BY severity, row
