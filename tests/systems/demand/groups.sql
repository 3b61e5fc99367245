-- January to March. The market: c1 and c2, both in March themselves: 40 + 10 + 30 + 10 = 90 of 120. The five of the
-- village never: 0 of 20 + 5 × 5 = 45. The roadside is one customer only.
SELECT g.person, g.customer_group AS g, g.reporters AS n, g.self_reporters AS s, g.reported AS r, round(g.self_reported, 6) AS self,
       x.nth AS silent
FROM demand_groups AS g
LEFT JOIN demand_silent_groups AS x ON x.person = g.person AND x.customer_group = g.customer_group
ORDER BY g.person, g.customer_group
