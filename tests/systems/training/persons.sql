-- Ann failed on 5 January, 10 and 29 February: 3 in a row, the third on the last (the 90 has no pass mark). Whole months up to February: of
-- Ann and Fay 2, of Ben and Cat February alone (Ben came on its first day), of Eve none.
SELECT person, trainings AS t, training_hours AS h, training_kinds AS k, exams AS e, exam_score AS s, judged AS j,
       failed_in_row AS f, failed_since AS d, exam_months AS m, exam_months_of AS n, last_exam AS x
FROM training_persons
ORDER BY person
