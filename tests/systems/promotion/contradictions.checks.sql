-- status 1
SELECT severity, tbl, row, text FROM promotion_checks ORDER BY severity, tbl
