-- As of 16 March: 263.33 against 242.38: 8.6 % above; North 233.33 against 144.04 alone 89 above. The quarter's 300 − 263.33 =
-- 36.67 over 11 days: 3.3; the year's 936.67 over 208: 4.5; so far 263.33 ÷ 52 = 5.06. South: 30 against 90; 79.04 over
-- 11 days; what the year still takes is told of the year.
SELECT scope, of, grain, rank, text
FROM targets_period_findings
WHERE of IN ('company', 's')
ORDER BY scope, of, grain, rank
