-- Of March's 21 weekdays the 1st is a holiday, and Saturday the 2nd is worked: 21 working days. Week 9 holds the
-- 2nd (and four days of February, without a target): 20 × 1 ÷ 21 = 0.952381; week 10 the 4th and 5th so far:
-- 20 × 2 ÷ 21 = 1.904762. Ann's first visit is in week 2: weeks 3 to 7 have 0.
SELECT week, starts, visits AS v, round(visit_plan, 6) AS p
FROM visits_by_week
WHERE scope = 'person' AND of = 'ann'
ORDER BY week
