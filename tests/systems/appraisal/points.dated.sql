-- Each month has 10 visits and 10 calls; what changes is the scorecard.
-- January  visits 60 × 10 ÷ 20 = 30, calls 40 × 10 ÷ 10 = 40
-- February the weights are 50 and 50: visits 50 × 10 ÷ 20 = 25, calls 50
-- March    East: the company's new full value, 50 × 10 ÷ 40 = 12.5, calls 50. West has a row of its own from
--          now on, also before that of the company which starts with it: 100 × 10 ÷ 10 = 100; its calls are out.
-- The rows of April are not seen. gus came in March.
SELECT person, month, measure, card_weight, card_points
FROM appraisal_scores
WHERE person IN ('ann', 'ben') AND month >= '2026-01'
ORDER BY person, month, measure
