-- n1 × banks lies in Ann's north and is Ben's too: 100 + 50 + 30 of 1,000; 820 are left. n2 is named
-- nowhere: its bank belongs to north × banks, 81.01, Ann's alone. Cat's south has ended: nobody owns
-- its banks (60 + 40), schools (20 of 400) and what has no industry (10). Six is lost: Dee's schools are
-- empty. Orders of March 2023 and after the as-of date do not count.
SELECT region, industry, owner_count, owners, person, revenue_12, potential, untapped, round(penetration, 4) AS penetration,
       cell_customers, owner
FROM market_cells
ORDER BY region, industry
