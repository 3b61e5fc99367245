-- i1 was promised whole for 20 November, and then again in two parts, before that day: 400 + 600 are open, not 2,000.
-- i2 had been paid when it was promised: neither kept nor broken. i3 is broken.
SELECT scope, of, kept, broken, open_promises AS n, open_promised, next_date, kept_rate_n AS due_n
FROM receivables_kept
