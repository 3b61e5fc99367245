-- ann moves from north to south on 16 March: the month of the move counts for the new place as a
-- whole. Targets and revenue of both teams follow; before her first line in moves.csv people.csv
-- holds.
SELECT t.scope, t.of, t.month, t.amount AS plan, r.revenue
FROM targets_by_scope AS t
LEFT JOIN revenue_by_month AS r ON r.scope = t.scope AND r.of = t.of AND r.month = t.month
WHERE t.scope = 'team'
ORDER BY t.month, t.of
