-- Over in the last 12 months: a, b, c (f is older). Spent 60 + 50 + 200 = 310; extra 30 + 200 + 100 = 330. North: a alone.
-- South: b and c: 300 ÷ 250.
SELECT scope, of, promotions_over AS n, spent, net_uplift, round(promotion_return, 6) AS back FROM promotion_year ORDER BY scope, of
