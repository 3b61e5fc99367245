-- Bob has a target of 22 in April, 22 working days, and made no visit in its three days so far: he stands here, though
-- the picture of those who visit lacks him. Ann has no target, Leo has left.
SELECT person, count(*) AS n, count(gap) AS planned_n, round(sum(gap), 6) AS gap, max(planned_visits) AS v, max(visit_plan) AS p
FROM visits_person_plans
GROUP BY person
