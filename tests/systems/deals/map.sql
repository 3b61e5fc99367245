-- Factors in their order, topics by their latest note, notes newest first (of one day the lower line first); a
-- note without topic hangs from its factor, a factor without notes carries its question.
SELECT id, parent, label FROM deals_map WHERE deal = 'D1' ORDER BY depth, seq, latest DESC, id
