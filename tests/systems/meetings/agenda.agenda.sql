-- The book's own agenda of the weekly meeting as it stands, minutes too. Of another kind the common one: 30 minutes
-- by weights 1, 2, 1 are 7.5, 15, 7.5. The weekly meeting of today is over: it is known who came.
SELECT n.meeting, n.last_held, a.agenda_seq, a.agenda_item, a.agenda_minutes
FROM meetings_next AS n
JOIN meetings_agenda AS a ON a.meeting = n.meeting
ORDER BY n.date, a.agenda_seq
