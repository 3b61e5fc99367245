-- What came in: 90 in November for Ben; i13 of his came after he had left: for Ann (150 + 10 in
-- February). What was set off in March nets to zero: 80. From the first month on 0 is known. Up to the
-- 15th of the month: not the 60 of 25 January.
SELECT of, month, collected, up_to_day
FROM receivables_collected
WHERE scope IN ('company', 'person')
ORDER BY of, month
