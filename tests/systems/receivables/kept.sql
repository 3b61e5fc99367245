-- One of five that were due was kept. Open: 100 + 100 + 7, the next today. Ann has not that of i10.
SELECT scope, of, kept, broken, open_promises, open_promised, next_date, kept_rate, kept_rate_n
FROM receivables_kept
WHERE scope IN ('company', 'person')
ORDER BY scope
