-- as of 2026-03-31
-- 1262.33 against 300: 320.8 % above; North, 1232.33 against 180.71, is most above. No day of the quarter is left, so it says nothing
-- of what it takes; the target of the year is reached.
SELECT grain, rank, text
FROM targets_period_findings
WHERE scope = 'company'
ORDER BY grain, rank
