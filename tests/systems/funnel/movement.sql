-- From 28 February to 31 March. Contact: d6 at the start; d4 and d5 new; d6 moves out; d5 is lost;
-- d4 stays: 1 + 2 + 0 − 1 − 0 − 1 = 1. Acceptance: d2, d3; d2 is lost: 2 − 1 = 1. Negotiation: d6
-- moves in: 1. In money: 600 + 450 − 600 − 50 = 400; 500.01 − 200 = 300.01; + 600 = 600.
SELECT stage, opening, arrived, moved_in, moved_out, won, lost, closing, opening_value, arrived_value, moved_in_value,
       moved_out_value, won_out_value, lost_out_value, closing_value
FROM funnel_movement
WHERE scope = 'company' AND span = 'month'
ORDER BY seq
