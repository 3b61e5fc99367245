-- as of 2026-04-21
-- The last rows are of Tuesday 31 March: nothing is recorded of 7, 14 and 21 April, which is not the same as 0 visitors.
-- So only a on 31 March is unusual (see anomalies), and both were seen on the last day recorded.
SELECT a.placement, a.day, p.idle_days
FROM traffic_anomalies AS a
JOIN traffic_by_placement AS p ON p.placement = a.placement
