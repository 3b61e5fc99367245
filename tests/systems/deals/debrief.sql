-- Factors = 5 × open deals; fresh = factors with a note of the last 30 days ÷ factors.
-- Company: D1 2 fresh, 2 silent, 1 unknown; D2 1, 0, 4; D3 0, 0, 5: 3 ÷ 15 = 0.2, 12 questions. ann: D1 and D2,
-- 3 ÷ 10 = 0.3; D3 is asked of chief, for bob has left: 0 ÷ 5.
SELECT scope, of, deals, deals_asked, questions, unknown, silent, fresh FROM deals_debrief ORDER BY scope, of
