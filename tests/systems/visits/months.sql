-- February has 5 visits (Ben 3, Ann 1, Cleo 1) and 3 calls, March 2 visits, one of them the first and one the
-- customer's to us, and 2 calls; that of the 6th is not seen. The South has those of Ben, who left, and Cleo: 4.
-- Up to the 5th of their months, January and February had no visit.
SELECT scope, of, month, visits AS v, up_to_day AS u, first_visits AS f, joint_visits AS j, calls AS c
FROM visits_by_month
WHERE scope IN ('company', 'region') AND of <> 'all'
ORDER BY scope, of, month
