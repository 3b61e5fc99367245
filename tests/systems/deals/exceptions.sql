-- Negotiation and breakthrough are the second half of the four usual stages: D1 lacks one factor, D3 all. bob has
-- left, so his manager is asked. Only D3 has no note of the last 30 days. Contact is early: D2 is no line.
SELECT id, severity, cost, owner, text, page, key, since FROM deals_exceptions ORDER BY id
