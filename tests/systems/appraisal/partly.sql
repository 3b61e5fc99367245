-- 16 March: of late forms nothing is known yet, so each score stands on visits and collections, 70 of 100 points.
-- Of equal ones the first key is named.
SELECT scope, text FROM appraisal_findings WHERE rank = 55
