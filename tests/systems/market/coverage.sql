-- Land has all six parts: three nobody's, one of two. Reached: 180 + 20 of 1,400 where a potential is
-- known. Sales together are those of persons: 391.01, each order once.
SELECT scope, of, cells, cells_owned, cells_unowned, cells_shared, revenue_12, potential, unowned_revenue,
       unowned_potential, round(penetration, 4) AS penetration
FROM market_coverage
ORDER BY scope, of
