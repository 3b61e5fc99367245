-- status 1
-- dead: b says neither a step nor end. lonely: nothing leads to b. nobody: a has no role. wrong: it has no step b.
-- circle: b and c lead to each other only, a to them: none of the three comes to an end, told once.
SELECT severity, tbl, row, text FROM processes_checks ORDER BY row, text
