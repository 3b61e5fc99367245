-- Open on 31 March: d3 in acceptance (300.01 × 0.3 = 90.003), d4 in contact (400 × 0.1 = 40), d6 in
-- negotiation (600 × 0.6 = 360): it is won only in April. d7 is not yet opened. By the record: of
-- the decided deals that entered contact (d1, d2, d5) one was won, of those in acceptance (d1, d2)
-- one.
SELECT stage, deals, amount, weighted, decided, round(odds, 4) AS odds, weighted_by_odds
FROM funnel_by_stage
WHERE scope = 'company'
ORDER BY seq
