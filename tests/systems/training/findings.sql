-- Exams with a mark: 59, 80, 50, 60, 55, 70, 61, of which 80, 60, 70, 61 passed: 4 ÷ 7 = 57 %; the score is over 8, with the
-- 90. Ben was led in on his 30th day, Cat not within hers, Eve has time left. From 10 January to 15 March are 65 days.
SELECT scope, of, rank, text FROM training_findings WHERE scope = 'company' OR of IN ('ann', 'cat') ORDER BY scope, of, rank
