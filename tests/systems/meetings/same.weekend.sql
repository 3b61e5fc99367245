-- Up to 6 March nobody came of one, and last year up to that day one of one; the meeting of the 20th is not among it.
SELECT scope, of, format(value, 'percent') AS now, format(before, 'percent') AS year_ago
FROM meetings_scope_figures
WHERE name = 'meeting_attendance'
