-- The 13 weeks begin with week 2, 8 January: the company, which had a visit before, from there on; Ann, too late for
-- that, from her first week, 9. Bob has his plan of April's week 14, from Monday the 1st to Wednesday. Leo's end with
-- week 12, in which he left.
SELECT of, min(week) AS first, max(week) AS last, count(*) AS n, sum(visits) AS v, sum(visit_plan) AS p
FROM visits_by_week
GROUP BY of
ORDER BY of
