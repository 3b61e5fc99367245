-- The head looks after nobody; Gone has left.
SELECT severity, tbl, text FROM demand_checks
