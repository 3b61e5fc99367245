-- All three months together: 10 of 11 there; 240 + 450 + 450 = 1140 minutes = 19 hours, for Ann, Ben, Cat, Eve and
-- Fay, who are here (Dan has left, the head takes no part): 3.8 hours each. (59 + 80 + 386) ÷ 8 = 65.625; 4 of 7.
-- Before and after: 40, 95, 55, 60 and 59, 90, 55, 61: means of 62.5 and 66.25, a gain of 3.75. Nothing is known
-- of the year before.
SELECT invited AS i, trainings AS t, round(training_attendance, 6) AS attended, training_hours AS h, training_people AS n,
       training_hours_each AS each, exams AS e, exam_score AS s, exams_passed AS p, exams_failed AS f,
       round(exam_pass_rate, 6) AS r, points_pairs AS pairs, points_before_course AS b, points_after_course AS a,
       points_gained AS g, exam_score_before AS last_year
FROM training_year
WHERE scope = 'company'
