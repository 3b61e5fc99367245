-- status 1
-- Ends before it begins; runs on after Ann left; an industry, a product line and a speciality that
-- nothing has; a potential of north where only n1 is divided.
SELECT severity, tbl, row, text FROM market_checks ORDER BY severity, tbl, row, text
