-- One asks 0.9 of the month before in September and 0.9 again in October (81 ÷ 90), Two 0.8 in October, of all three products. They
-- are one value on the page and in the report: October before September, the deeper cut first.
SELECT scope, rank, text FROM research_findings WHERE rank = 220
