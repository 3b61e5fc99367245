-- blog: 100 days for 100.00: 28 of February and 15 of March are gone. news: 31 days for 310.00, 15
-- gone. dead: 60 days, 43 gone. A cost that is 0 has no months.
SELECT placement, month, cost FROM traffic_costs ORDER BY placement, month
