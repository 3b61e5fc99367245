-- a (line L everywhere) sold 100 in the south on 3 March and 100 in the north on the 6th, b (everything in the north) those
--   100 of the 6th and 100 of line M on the 10th; nothing before or after. a spends 60 ÷ 200 = 0.3 on each 1 sold, b 40 ÷ 200 =
--   0.2: of the common 100 a has 60, b 40. a: 160 of 200 are its own, b: 140 of 200; both together the 300 that were sold.
--   Pieces: 20 × 0.8 = 16, 60 ÷ 16 = 3.75 each; 20 × 0.7 = 14, 40 ÷ 14 = 2.86 each.
-- c and d are one and the same but for cost, 30 and 10: three and one quarters of 130 − 10 = 120, 90 and 30, a return of 3 for
--   both; 12 extra pieces are 9 and 3, 3.33 each.
-- e and f meet on 14 April, 50 sold; what e cost is not known: half each.
-- k has another line than c and d, m another region: they have no share.
SELECT promotion, uplift, common_sales, promotion_share, net_uplift, promotion_return AS back, extra_units, cost_per_extra_unit
FROM promotion_results
WHERE state = 'over'
ORDER BY promotion
