-- A payment without its invoice is set aside, and counts nowhere.
SELECT j.tbl, j.line, (SELECT sum(p.amount) FROM payments AS p) AS amount FROM data_rejects AS j
