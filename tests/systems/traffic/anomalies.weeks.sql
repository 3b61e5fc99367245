-- Tuesday 31 March against the twelve Tuesdays before. a: 10 12 11 9 10 11 10 12 9 10 11 10, median
-- 10; distances from it 0 2 1 1 0 1 0 2 1 0 1 0, in order 0 0 0 0 0 1 1 1 1 1 2 2: their median is
-- 1. z = 0.6745 × 20 ÷ 1 = 13.49. b was always 7: without any deviation there is no z, however far
-- 99 lies off.
SELECT placement, day, visitors, usual, n, round(robust_z, 2) AS robust_z
FROM traffic_anomalies
ORDER BY placement, day
