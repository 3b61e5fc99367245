-- open is paid for without an end and had no visitor since it began on 1 January, 68 days before the last row of any: idle, though its
-- cost falls in no month. long had one 5 days ago.
SELECT e.key AS placement, e.text, i.idle_days, i.visitors, i.recent_cost, i.lacks
FROM traffic_exceptions AS e
JOIN traffic_idle AS i ON i.placement = e.key
UNION ALL
SELECT of, text, NULL, NULL, NULL, NULL FROM traffic_findings WHERE rank = 6
