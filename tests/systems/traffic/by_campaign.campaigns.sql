-- The last 12 months began on 1 April 2025 and have 30 + 40 + 20 + 10 = 100 visitors. Spring: 40 + 20 of them, 4 + 2 leads, 1 + 1 orders; all 31 days of
-- a1 and 31 of the 40 of a2 are gone: 310.00 + 80.00 × 31 ÷ 40 = 372.00, so 6.20 a visitor, 62.00 a lead, 186.00 an order. Autumn: 93.00 for 30 visitors and
-- 3 leads, no order. Old ended before, and its visitors too. n1 belongs to no campaign and costs nothing.
SELECT campaign, visitors_year, visitors_share, leads, customers, measured_year, visitor_cost_year, lead_cost_year, order_cost_year
FROM traffic_by_campaign ORDER BY visitors_year DESC
