-- The parts make exactly the whole, in the form of targets.csv: two people, twelve months.
SELECT count(*) AS rows, sum(amount) AS proposal, min(scope) AS scope, min(kind) AS kind, min(state) AS state
FROM targets_proposal
