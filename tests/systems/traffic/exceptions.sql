-- dead, idle since the 14th day after 10 February: 60 − 43 = 17.00 are still to be paid off; news ends within 30 days. dead does, too, but is
-- told of once. Nobody is named as owner.
SELECT id, severity, cost, owner, text, since FROM traffic_exceptions ORDER BY severity, id
