-- January: one exam; all of it here were Ann, Dan, Fay (Cat came on the 10th): 2 of 3 examined. February: three exams
-- (that without a pass mark has a score); Ann, Ben, Cat, Fay: 3 of 4 (Dan left on the 15th). March runs: none yet,
-- one planned; five here.
SELECT month, exams_held AS e, planned AS p, closed AS c, state AS rule, training_people AS n, examined AS x,
       round(exam_people, 6) AS part
FROM training_rule
ORDER BY month
