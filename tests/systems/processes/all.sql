-- sales: 3 steps, 2 roles, 1 decision; ann and cat have role sales today, bob has left, and eve comes
-- tomorrow.
SELECT a.process, a.title, a.steps, a.roles, a.decisions,
       (SELECT people FROM processes_people WHERE role = 'sales') AS sales, (SELECT text FROM processes_findings) AS text
FROM processes_all AS a ORDER BY a.seq
