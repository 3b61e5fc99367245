-- Factors in their order, topics by their latest note, notes newest first (of one day the lower line first); a
-- note without topic hangs from its factor, a factor without notes carries its question.
-- The visits and the call of D1 hang from a branch of their own, the latest first (of one day the lower line first).
SELECT id, parent, label FROM deals_map WHERE deal = 'D1' ORDER BY depth, seq, latest DESC, id
