-- as of 2024-02-05
-- On the day itself the first part of i2 is still open; promises of later days are not known.
SELECT invoice, date, promised, received, state, latest
FROM receivables_promises
ORDER BY invoice, date
