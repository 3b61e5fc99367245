-- Count-back. Invoiced: October 90, November 100, December 210, January 760, February 50 (80 + 40 − 30
-- − 40), March 1,157. On 15 March 1,977 are open: − 1,157 (15 days) − 50 (29) − 760 (31) = 10, of
-- December's 210: 31 × 10 ÷ 210 = 1.48: 76.48. End of February: 900 − 50 (29) − 760 (31) = 90: 31 × 90
-- ÷ 210 = 13.29: 73.29. January: 1,010 − 760 (31) − 210 (31) = 40 of 100: 30 × 0.4: 74. December: 310
-- − 210 (31) − 100 (30): 61. North, March: 300 open; March invoiced nothing (15), February 80 (29),
-- then 220 of January's 300: 22.73: 66.73; before
-- that all was open: 31, and 29 + 31. East owes nothing since January: 0.
SELECT of, month, round(dso, 2) AS dso
FROM receivables_dso
WHERE scope = 'company' OR of IN ('north', 'east')
ORDER BY of, month
