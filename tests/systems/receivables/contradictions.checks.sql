-- status 1
-- Paid 120 of 100; 60 set off of a note over 50; a note that was paid; more gone back than came; paid
-- two days before it was written, and due before; promised for a day already gone.
SELECT severity, tbl, row, text FROM receivables_checks ORDER BY severity, tbl, row
