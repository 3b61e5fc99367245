-- p came a day before being employed; a is due, and b done, before the meeting.
SELECT severity, tbl, row, text FROM meetings_checks ORDER BY tbl, row
