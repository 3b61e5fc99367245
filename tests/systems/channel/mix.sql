-- On the last day of the month, or today: Anton bulk, then shop, then city; Berta city, none, shop.
SELECT month, dealer_level, dealers, exclusive_dealers
FROM channel_mix
WHERE month IN ('2024-12', '2025-12', '2026-01', '2026-10')
ORDER BY month, seq
