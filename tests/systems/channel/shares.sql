-- Exclusive ÷ all that names a channel. October 2026: 70 ÷ (70 + 50 + 20) = 0.5; October 2025 up to the
-- 15th: 100 ÷ 150; the whole of it: 140 ÷ 190, with no October before it. In July nobody named a channel.
SELECT scope, of, month, revenue, exclusive_revenue, round(exclusive_share, 4) AS share,
       round(exclusive_share_before, 4) AS earlier
FROM channel_shares
WHERE month IN ('2025-10', '2026-07', '2026-10') AND of IN ('company', 'c', 'ann', 'q')
ORDER BY scope, of, month
