-- Open promises from the as-of date on: today, 20 and 31 March. i10 belongs to nobody: the head acts.
SELECT uid, starts, owner, page, key
FROM receivables_events
ORDER BY starts, uid
