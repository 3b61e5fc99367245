-- a: weeks before of 800, 160 and six of 0: mean 120; (640000 + 25600) ÷ 8 − 120² = 68800; × 8 ÷ 7 = 78628.571429, its root
--   280.407866; of 10 ÷ 7 weeks × √(1.428571 × (1 + 10 ÷ 56)) = 1.297564; × 1.96: 713.14. b: all weeks alike. c: mean 125,
--   7 × 25² + 175² = 35000, ÷ 7 = 5000, its root 70.710678; × √(1 × 1.125) × 1.96: 147.00.
SELECT promotion, usual_swing FROM promotion_results WHERE promotion IN ('a', 'b', 'c') ORDER BY promotion
