-- Old: 1200 of 12 months after 400: 100; orders 6 of 6; display (3 − 1) ÷ 4: 50. New, since May, 240 in 2 months of 12, as much
-- as 1440 in a year: the median of Old (1200), New (1440) and no more, for Quiet bought nothing, is 1320: 1200 ÷ 1320 = 91 for
-- Old, 100 for New, who ordered in 2 of 2 months. Of Quiet: shops 0, orders 0 of 2.
SELECT dealer, health_trend, health_shops, health_orders, health_display, round(dealer_health, 2) AS health
FROM channel_health
ORDER BY dealer
