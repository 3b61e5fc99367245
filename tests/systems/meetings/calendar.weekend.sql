-- Six weeks from Monday 19 February on. Saturday and Sunday share a cell: of both there is what is on both.
SELECT first, monday, weekend FROM meetings_calendar ORDER BY first
