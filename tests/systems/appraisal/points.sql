-- as of 2026-02-28
-- Points = weight × (min(value, cap) − floor) ÷ (full − floor), not below 0.
-- ann visits      40 × (25 − 10) ÷ (20 − 10) = 60: 30 visits end at the cap of 25
-- ann collections 30 × (2,000 − 1,000) ÷ (3,000 − 1,000) = 15
-- ann late_forms  30 × (1 − 5) ÷ (0 − 5) = 24: less is better, so floor lies above full
-- ben visits      40 × (9 − 5) ÷ (10 − 5) = 32 by the row of West
-- ben collections 30 × (0 − 1,000) ÷ 2,000 = −15, which is 0: money without a row is 0
-- ben late_forms  not known, and nobody says that it is a count
-- cid visits 40 × 2 ÷ 10 = 8; collections on the floor; late_forms on the floor
-- eva is not there yet; mia's role has no scorecard
SELECT person, measure, value, card_points
FROM appraisal_scores
WHERE month = '2026-02' AND person <> 'fay'
ORDER BY person, measure
