-- as of 2025-06-15
-- 120 visitors after 10: +110, of which one and two are +40 each, long +30. The largest is not most of it.
SELECT text FROM traffic_findings WHERE rank = 3
