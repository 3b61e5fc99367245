-- a came on 1 February, b left on 31 January; self-study before the first day is fine. The rows are those of training.csv.
SELECT severity, tbl, row, text FROM training_checks ORDER BY row
