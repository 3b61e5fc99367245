-- As of 15 June 2026. Orders of this year: b1 (February; what came back of it in March is no second one), b2 (its return
-- stands within it) and b3, which x and y share: the company 3, x 2 (b1, b3), y 2 (b2, b3). r1, r2 and r3 have numbers of
-- their own and nothing bought. Up to the same day of last year: a1 and a2 (r0 came back, a3 came later).
-- Revenue takes all lines: 250 − 50 − 200 + 0 + 60 − 10 = 50; last year 100 + 100 − 30 = 170.
-- x: 250 − 50 − 100 + 30 = 130; y: −100 + 0 + 30 + 0 − 10 = −80. March has returns alone: 0 orders.
SELECT s.scope, s.of, s.revenue, s.before, s.orders, s.orders_before, m.orders AS orders_march
FROM revenue_so_far AS s
LEFT JOIN revenue_by_month AS m ON m.scope = s.scope AND m.of = s.of AND m.month = '2026-03'
WHERE s.span = 'year'
ORDER BY s.scope, s.of
