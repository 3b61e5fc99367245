-- Ann as in weeks.sql: 1 − 0.952381 in week 9, 1 − 1.904762 in week 10, sums 2 and 2.857143; weeks without a target
-- have no gap, and their visits do not count against the plan.
SELECT week, round(gap, 6) AS gap, planned_visits AS v, round(visit_plan, 6) AS p
FROM visits_person_plans
WHERE person = 'ann' AND week > '2024-W07'
ORDER BY week
