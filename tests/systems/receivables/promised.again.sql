-- Who is reminded: of the latest word, not of the one it took the place of. What is said of it all.
SELECT uid AS said FROM receivables_events
UNION ALL
SELECT text FROM receivables_findings WHERE scope = 'company' AND rank = 144
