-- Negotiation and breakthrough are the second half of the four usual stages: D1 lacks one factor, D3 all. bob has
-- left, so his manager is asked. Only D3 has no note of the last 30 days. Contact is early: D2 is no line.
-- D1 came into the second half on 10 September, fell back and is there again since 1 October; of D3 only the day is known on
-- which it was opened, and 30 days without a note were full on the 31st.
SELECT id, severity, cost, owner, text, page, key, since FROM deals_exceptions ORDER BY id
