-- Ann: a1, a5, a8 open, a1 and a8 overdue; of a1, a2, a3, a8 one in time. Boss: a4, a6. Company: five open, three
-- overdue; 1 of 5.
SELECT scope, of, open_actions, overdue_actions, oldest_action, actions_in_time, actions_in_time_n
FROM meetings_actions_now
WHERE scope IN ('company', 'person')
ORDER BY of
