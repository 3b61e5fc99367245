-- The note of 30 September is older than D2, of 1 October. Rows with a factor or a deal that there is not are set
-- aside.
SELECT severity, tbl, row, text FROM deals_checks
