-- 12 months: April 2025 to 15 March 2026. market, grocery, brisk: 1 + 16 + 2 × 32 + 4 × 64 + 2 × 128 of a to j
-- and 1 of k = 594, at 2.00. The year before, April 2024 to 15 March 2025: 10 of a and 40 of j; what j
-- took on 16 March lies between the two. l bought nothing; m is in no segment.
SELECT scope, of, segment, segment_customers, segment_buyers, volume, volume_before, revenue, revenue_before
FROM segments_groups
ORDER BY scope, of, segment
