-- i1 (100 of 2,007 owed, more than 1 %) for 91 days since 1 March. i2: 200 promised, 50 came, but only 50
-- are open. i5: 100. c1 owes 120 too much: 120 until 10 March,
-- with i8 1,120 of a limit of 1,000. 31 to 90 days: i5 and i2, since the 31st day of i2. The
-- credit note is 24 days old: not yet.
SELECT id, severity, cost, owner, page, key, since
FROM receivables_exceptions
ORDER BY id
