-- Nothing is open where 2000 − 100 = 1900 are still needed: 0 % of it, and the company is told. So has Ann 0 of 800,
-- and Ben, who never had a deal, 0 of 600. Leo has left.
SELECT c.scope, c.of, c.remaining, c.due_value, c.coverage AS share, e.severity AS s, e.cost
FROM funnel_coverage AS c
LEFT JOIN funnel_exceptions AS e ON e.id = concat('funnel:coverage:', c.scope, ':', c.of)
WHERE c.grain = 'year'
ORDER BY c.scope, c.of
