-- W10 on Friday 8 March and the weeks after it until 6 April; March on 2 April, two working days after it (1, 2 April).
SELECT uid, starts, title FROM forms_events ORDER BY starts, uid
