-- as of 2026-09-30
-- Notes of October are not seen: D1 has people 15 Sep, 15 days, fresh; arrangement 10 Aug, 21 + 30 = 51; the
-- others none since 1 Aug, 60. D2 is not open yet.
SELECT deal, factor, notes, last_note, days_silent, state FROM deals_factor_states WHERE deal < 'D3' ORDER BY deal, seq
