-- The exams of topics.sql, each in its month. Law: January c1, (59 + 80) ÷ 2, 1 of 2; February c3 and c5 together,
-- (50 + 60 + 55 + 70 + 61) ÷ 5 = 59.2; 60, 70 and 61 passed, 3 of 5. Sales: the 90, which no pass mark judges. What had
-- no exam has neither rate nor score.
SELECT course_topic AS topic, month, exams AS e, round(exam_score, 6) AS s, judged AS j,
       round(exam_pass_rate, 6) AS r
FROM training_topic_months
ORDER BY course_topic, month
