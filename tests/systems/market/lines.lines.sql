-- Divided by product line alone: Alpha is Ann's, in any region and industry; Beta will be Ben's in April,
-- so it is nobody's yet. Each line of each region is a part.
SELECT region, industry, product_line, owner_count, person, revenue_12 FROM market_cells ORDER BY region, product_line
