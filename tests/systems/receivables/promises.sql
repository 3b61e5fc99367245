-- i1: all of 100 by 31 January, broken, and again by 20 March, open. i10: due today, so still open. i11:
-- 500 were promised where 60 were open: 60, kept. i2 in two parts, 100 by 5 February (nothing came) and
-- 100 by the 29th: of the 150 of the 10th the first part takes 100, 50 are left for the second: both
-- broken. i5 in two parts: one broken, one open.
SELECT invoice, date, promised, received, state, latest
FROM receivables_promises
ORDER BY invoice, date
