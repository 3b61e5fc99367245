-- dead is paid to 1 April and had its last visitor on 10 February, 33 days ago. link is idle for
-- nothing; blog and news bring.
SELECT placement, idle_days, cost, spent, lacks FROM traffic_idle ORDER BY placement
