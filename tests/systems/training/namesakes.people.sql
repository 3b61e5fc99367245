-- Two are called Li Wei, and neither had an induction, due by 14 and 21 February. Of Li Wei (n) and Max score and
-- attainment are known: two are no relation.
SELECT rank AS at, text FROM training_findings WHERE scope = 'company' AND rank IN (152, 155)
UNION ALL
SELECT 200, text FROM training_exceptions WHERE id LIKE 'training:induction:%'
ORDER BY at, text
