-- As of 6 March: the evening meeting of today, of which it is not known who came, and the first after it of each
-- other kind. Before them: none; 4 March; 29 February. The evening's 45 minutes by weights 2, 1, 1: 22.5, 11.25, 11.25.
SELECT n.meeting, n.date, n.last_held, a.agenda_seq, a.agenda_item, a.agenda_minutes
FROM meetings_next AS n
JOIN meetings_agenda AS a ON a.meeting = n.meeting
WHERE a.agenda_seq <= 3
ORDER BY n.date, a.agenda_seq
