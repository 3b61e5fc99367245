-- 1000.01 for 2026 over a, who sold 300 in January and 100 in February, and b, who has a target but
-- sold nothing; who has left takes no part. The median of those who sold is 400, the floor a
-- quarter of it, 100, in the season of the others: 75 in January, 25 in February. Weights 300, 100,
-- 75, 25 of 500; 100,001 cents: 60,000.6 + 20,000.2 + 15,000.15 + 5,000.05. The one cent left goes
-- to the largest remainder, a in January.
SELECT period, of, amount AS proposal, by_floor
FROM targets_proposal
WHERE amount > 0
ORDER BY period, of
