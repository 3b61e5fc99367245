-- ln volume ÷ ln 2: 0, 4, 5, 5, 6, 6, 6, 6, 7, 7: median 6; distances 6, 2, 1, 1, 0, 0, 0, 0, 1, 1: median 1.
-- a: 0.6745 × −6 = −4.047, below −3.5; b: −1.349. k has been a customer for two months only: not
-- compared, so n is 10. cost: 64 − 1 pieces at 2.00.
SELECT c.customer, c.n, c.middle, round(c.z_volume, 2) AS z, o.side, o.cost
FROM segments_compared AS c
LEFT JOIN segments_outliers AS o ON o.customer = c.customer
WHERE c.volume < 64
ORDER BY c.customer
