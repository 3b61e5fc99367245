-- All 3 deals: 12 questions, 10 unknown, 2 silent. Nothing of the competitors in D1, D2, D3; of money, time and
-- arrangement in D2 and D3 only.
SELECT scope, of, rank, text FROM deals_findings ORDER BY scope, of, rank
