-- April, seen on the 15th; everybody but n1 and z1 wanted 10 in each of three months.
-- Segment of s1 to s5 and n1: agreed ÷ usual 1.2, 1.2, 1.3, 2, 0.8: median 1.2. n1 has no history; median total of
-- 8, 12, 12, 13, 20, 30 is 12.5.
--   s4: 20 ≥ 1.5 × 10 and 2 ≥ 1.25 × 1.2: too large, fair 10 × 1.2. s5: 8 < 10 and 0.8 < 1.2: too small, fair 12.
--   n1: 30 ≥ 2 × 12.5: too large, fair 13.
-- The others have no segment, so history alone decides. Of all: 0.6, 0.8, 1.2, 1.2, 1.3, 2, 3, 3, 3, 3: median 1.65,
-- fair 10 × 1.65, rounded up 17; t5 has been supplied 25 already. z1 never wanted anything: fair 0.
SELECT customer, person, agreed AS a, fit AS how, fair
FROM supply_fit
WHERE fit IS NOT NULL
ORDER BY customer
