-- A book of one file: the four usual stages, their names and probabilities; a deal without a stage stands
-- in the first, one without an amount is worth 0. Without targets there is no coverage.
SELECT b.stage, b.name, b.deals, b.amount, b.weighted, c.coverage
FROM funnel_by_stage AS b
LEFT JOIN funnel_coverage AS c ON c.scope = b.scope AND c.of = b.of AND c.grain = 'year'
WHERE b.scope = 'company'
ORDER BY b.seq
