-- One newsletter stands in two campaigns: two placements of one name.
SELECT placement, name FROM traffic_placements ORDER BY placement
