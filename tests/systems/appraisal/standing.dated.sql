-- The month before and the means are those of each month's own scorecard: ann 62.5 after 75 and 70, mean 69.2;
-- ben 100 after 75 and 70, mean 81.7. gus came in March and has 0 of both.
SELECT person, round(card_score, 1) AS card_score, grade, round(score_before, 1) AS score_before,
       round(score_year, 1) AS score_year
FROM appraisal_standing
ORDER BY person
