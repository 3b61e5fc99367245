-- As of 2026-10-31. Days since the latest note of a factor, without one since the deal was opened.
-- D1: people 31 Oct, 0; money 2 Oct, 29: fresh; time 1 Oct, 30: silent; arrangement 10 Aug, 21 + 30 + 31 = 82, of
-- two notes of one day the lower line counts; competitors none, 1 Aug: 30 + 30 + 31 = 91.
-- D2: people 20 Oct, 11; the others none, 1 Oct: 30. D3: none, 1 Jul: 30 + 31 + 30 + 31 = 122. D4 is won.
SELECT deal, factor, notes, last_noted, last_note, days_silent, state FROM deals_factor_states ORDER BY deal, seq
