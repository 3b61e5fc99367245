-- Old last ordered on 5 October; what came back on 1 June is no order. New ordered first in April, before the contract of May:
-- here for three months (April, May, June), not for six because something came back in January.
SELECT dealer, revenue_12, order_months, last_order, months_here
FROM channel_dealers
ORDER BY dealer
