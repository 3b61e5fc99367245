-- Without a target of its own, a team has the sum of its people's: T1 40 + 25 = 65 in March, and 20
-- visits; so have the company and the regions for visits. summed = 1 says so.
SELECT scope, of, kind, amount AS target, summed
FROM targets_by_scope
WHERE month = '2026-03' AND (scope = 'team' OR kind = 'visits')
ORDER BY scope, of, kind
