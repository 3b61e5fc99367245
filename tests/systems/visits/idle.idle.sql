-- April has had no visit, and one call of Ann's, so far: she has 0, and so has Bob, who has 3 of 22 to make by the
-- third of 22 working days; the company 0 of 3. Leo has left, and Old made no visit since January.
-- Of Ann's calls of April last year one was made by the third.
SELECT scope, of, visits AS v, calls AS c, calls_before AS b, visit_plan AS p, of_visit_plan AS part
FROM visits_now
ORDER BY scope, of
