-- September to October, a, b, c, d: (50 ÷ 100 × 1 × 1 × 1)^(1 ÷ 4) = 0.8409: −15.9 %, one price of four.
-- At stake: what we sold of a in 12 months, 90.
SELECT c.competitor, c.month, c.n, c.cuts, round(c.moved, 4) AS moved_part, s.revenue_12
FROM research_cuts AS c
JOIN research_cut_stakes AS s ON s.competitor = c.competitor AND s.month = c.month
