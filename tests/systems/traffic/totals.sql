-- February 600 + 10 + 90, March 120 + 60 + 20. Cost of a lead: February 28 + 28 = 56.00 ÷ 31 leads;
-- March 15 + 150 + 15 = 180.00 ÷ 9.
SELECT month, visitors, leads, orders, cost, CAST(round(lead_cost) AS INTEGER) AS lead_cost
FROM traffic_totals
ORDER BY month
