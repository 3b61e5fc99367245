-- Last 12 months (April 2025 to 20 March 2026): b 310, a 180, c 115, n 90, d 0.70, together 695.70.
-- Larger ones of each: b none, a 310 (44.6 %), c 490 (70.4 %): A; n 605 (87.0 %): B; d 695 (99.9 %): C.
-- Variation, March 2025 to February 2026: a 5 and 20 in 12 months: mean 25 ÷ 12, variance
-- (425 − 625 ÷ 12) ÷ 11 = 33.90, 5.8225 ÷ 2.0833 = 2.7948. b 10 once: mean 10 ÷ 12, variance
-- (100 − 100 ÷ 12) ÷ 11 = 8.3333, 2.8868 ÷ 0.8333 = 3.4641; c likewise, d 3 once (its March 2026 is not over): the same.
-- n has one whole month since its launch: not known. g: nothing sold.
SELECT product, abc, xyz, round(variation, 4) AS variation
FROM products_items
ORDER BY product
