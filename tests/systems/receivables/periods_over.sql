-- as of 2024-03-29
-- The last working day of the quarter: 100 more on the 20th, 400 of the whole target of 300.
SELECT grain, text FROM receivables_period_findings WHERE scope = 'company' ORDER BY grain
