-- for managers
-- status 1
-- Company: 100 at first, 50 + 40 = 90 in February and March (told once), 100 again from April on. East has
-- the company's weights but for its own 40 of calls: 90 from February on, and so still when the
-- company's calls become 50. West has a row of its own from March on: 40 + 40 = 80, from April on 90.
-- Pay: two rows of ann from the beginning. ben was there in February; cid came in March, dot is gone.
-- Rates: the step from 1,000.00 alone is written for March, that from 0 is gone; 0 and nothing are the same amount.
SELECT severity, tbl, row, text FROM appraisal_checks
UNION ALL
SELECT severity, tbl, row, text FROM appraisal_pay_checks
ORDER BY tbl, row, text
