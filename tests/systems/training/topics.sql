-- Law: c1, c3, c5: 139 + 110 + 186 = 435 ÷ 7 = 62.142857; 4 of 7; gains 19, 0, 1: 20 ÷ 3. Sales: 90, no pass mark, 5 lower
-- than before. A course without a topic goes by its kind.
SELECT course_topic AS topic, courses_held AS c, trainings AS t, exams AS e, round(exam_score, 6) AS s, judged AS j,
       round(exam_pass_rate, 6) AS r, points_pairs AS n, round(points_gained, 6) AS g
FROM training_topics
WHERE scope = 'company'
ORDER BY course_topic
