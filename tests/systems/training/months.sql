-- Seen on Friday, 15 March 2024: the course of the 15th is seen, that of the 16th not.
--   January: two of 120 minutes, 4 hours; (59 + 80) ÷ 2 = 69.5; 59 is below the mark of 60: 1 of 2.
--   February: Cat was away on the 29th: 6 of 7 there; 2 × 60 + 60 + 3 × 90 = 450 minutes, 7.5 hours;
--   (50 + 60 + 90 + 55 + 70 + 61) ÷ 6 = 64.333333; the 90 has no pass mark: 60 (just passed), 70, 61 of 5.
--   North: Ann 50, 90, 55 and Dan, who left on the 15th, 70: 265 ÷ 4; 1 of 3. South: (60 + 61) ÷ 2; 2 of 2.
--   March: an induction of 420 and 30 minutes, no exam: score and rate are not known.
SELECT scope, of, month, invited AS i, trainings AS t, training_hours AS h, exams AS e, round(exam_score, 6) AS s,
       judged AS j, exams_passed AS p, round(exam_pass_rate, 6) AS r
FROM training_by_month
WHERE scope IN ('company', 'region') AND of <> 'all'
ORDER BY scope, of, month
