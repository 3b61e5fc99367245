-- d3 of 300.01 is shared in halves: 150.005 each; the odd cent goes to the first key. The company
-- counts it once, the team, too.
SELECT scope, of, amount FROM funnel_members WHERE deal = 'd3' ORDER BY scope, of
