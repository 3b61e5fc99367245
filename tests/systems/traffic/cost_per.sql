-- Traffic is recorded from 1 February on, when blog and dead began: all their days are measured.
-- blog: 43.00 for 720 visitors, 36 leads, 7 orders = 0.06, 1.19, 6.14. news: 150.00 for 60, 3, 1.
-- dead has no lead: unknown. link costs nothing: 0.00 a visitor, and no order: unknown.
SELECT placement, spent, measured, visitors, leads, orders, cost_per_visitor, cost_per_lead, cost_per_order
FROM traffic_by_placement
ORDER BY placement
