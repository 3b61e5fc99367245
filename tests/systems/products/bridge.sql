-- January to 20 March 2026 against the same days of 2025; a's order of 25 March 2025 lies behind them.
-- Pieces: a 10 → 20, b 10 → 10: 20 → 30, half more; hours 4 → 5, a quarter more; kg 3 → 2, a third less.
-- Price: a 180 − 20 × 10 = −20, b 310 − 10 × 30 = 10, c 115 − 5 × 20 = 15, d 0.70 − 2 × 1 ÷ 3 = 0.03.
-- Volume: a 100 ÷ 2 = 50, b 300 ÷ 2 = 150, c 80 ÷ 4 = 20, d −1 ÷ 3 = −0.33: 219.67.
-- Mix: a (20 − 15) × 10 = 50, b (10 − 15) × 30 = −150. New: n 90. Gone: g −50. No product: 7.
-- 531 + 5.03 + 219.67 − 100 + 90 − 50 + 7 = 702.70. Region r1 has a alone of the pieces: 10 → 20, so
-- no mix: volume 100 + 20 − 0.33. r2: b 10 → 10 alone, no volume, no mix.
SELECT scope, of, before, price_effect, volume_effect, mix_effect, new_effect, gone_effect, other_effect, revenue
FROM products_bridge
ORDER BY scope, of
