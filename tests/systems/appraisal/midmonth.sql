-- 16 March, a month that is not over: it has a score so far, but quarter and year are the mean of whole
-- months, which is February alone (January has counts of nothing).
-- ann: visits 40 × 5 ÷ 10 = 20, collections 0, of a known weight of 70: 20 × 100 ÷ 70 = 28.6
-- eva, hired on the 9th, in West One, the nearer region: 40 × (0 − 4) ÷ (8 − 4) is 0
SELECT person, round(card_score, 1) AS card_score, closed, round(score_quarter, 1) AS score_quarter,
       round(score_year, 1) AS score_year
FROM appraisal_standing
ORDER BY person
