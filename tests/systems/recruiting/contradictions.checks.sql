-- status 1
-- Decided before applying; hired, and the day is missing; decided, and still at offer; a position without a profile.
SELECT severity, tbl, row, text FROM recruiting_checks ORDER BY severity, row, text
