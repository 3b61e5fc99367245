-- as of 2027-04-12
-- On 12 April 2026 d3, d4, d6 and d7 were open, 300.01 + 400 + 600 + 700; d6 was won on the 20th.
SELECT scope, of, amount FROM funnel_year_ago WHERE scope = 'company'
