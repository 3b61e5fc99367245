-- Anton: trend (450 ÷ 100 − 0.5) ÷ 0.6 is over 1: 100; sales per shop are the median of his level: 100;
-- orders 2 ÷ 6: 33; display (5 − 1) ÷ 4: 100; mean 333.33 ÷ 4 = 83.33.
-- Berta: trend 180 ÷ 400 = 0.45 is below a half: 0; 100; 1 ÷ 6: 17; display 1: 0; mean 116.67 ÷ 4 = 29.17.
-- Of Fred nothing is known.
SELECT dealer, health_trend, health_shops, health_orders, health_display, round(dealer_health, 2) AS health
FROM channel_health
ORDER BY dealer
