-- a gave all of February's order back in November: its last order is still 10 February, 278 days ago, and nothing is left of
-- the 12 months; at stake are the 100 and 300 of the 12 months to February. b's order counts once, though a line of it is a
-- discount. c only gave something back: no order, never won. d began with a return: won on 15 September, not in May of the
-- year before. e bought before the 24 months, in the first month of all, so nobody knows since when.
SELECT f.customer, f.first_order, f.last_order, f.orders_12, f.orders_24, f.revenue_12, d.quiet_days, d.usual_days,
       d.at_stake AS cost, w.won_on, r.rfm IS NOT NULL AS scored
FROM customers_files AS f
LEFT JOIN customers_dormant AS d ON d.customer = f.customer
LEFT JOIN customers_won AS w ON w.customer = f.customer
LEFT JOIN customers_rfm AS r ON r.customer = f.customer
ORDER BY f.customer
