-- as of 2026-02-28
-- ann and fay 60 + 15 + 24 = 99 (B) share the first rank, so ben is third:
-- 32 points of a known weight of 70: 32 × 100 ÷ 70 = 45.7 (D); cid 8 (D) has left but had this month.
SELECT person, round(card_score, 1) AS card_score, grade, score_rank, known_weight
FROM appraisal_standing
ORDER BY nth, person
