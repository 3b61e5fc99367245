-- as of 2024-05-10
-- The next quarter has the 99 of April, all reported by the customer; the year begins before what is known.
SELECT grain, rank, text FROM demand_period_findings WHERE scope = 'company' ORDER BY grain
