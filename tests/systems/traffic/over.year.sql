-- Tuesday 10 March has no row of over, whose nine Tuesdays before had 9 to 12 visitors; but over ended on the 8th.
-- So nothing is unusual, and nothing is asked about it.
SELECT placement, day, visitors FROM traffic_anomalies
UNION ALL
SELECT key, since, NULL FROM traffic_exceptions WHERE id LIKE 'traffic:unusual:%'
