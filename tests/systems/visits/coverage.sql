-- c1 was visited on 24 February, 10 days ago over the leap day: just in time; c2 on 2 March; c8 on 9 February, 25
-- days ago: late; c3 5 days ago: in time; c4 never. c5 is lost, c6 and c9 have no tier, c7 was won 14 days ago.
-- Calls do not count: that of 1 March does not make c8 visited. A 2 ÷ 3, B 1 ÷ 2.
SELECT scope, of, tier, cadence_customers AS n, visited_in_time AS i, visited_late AS l, never_visited AS never,
       round(visit_coverage, 6) AS share
FROM visits_tiers
WHERE scope <> 'region'
ORDER BY scope, of, tier
