-- as of 2024-01-15
-- Before the first meeting nothing was held or decided but a4 and a6, which belong to none.
SELECT 'held' AS what, count(*) AS n FROM meetings_known WHERE held = 1
UNION ALL SELECT 'attendance', count(*) FROM meetings_by_month
UNION ALL SELECT 'actions', count(*) FROM meetings_actions
