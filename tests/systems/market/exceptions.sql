-- Three parts without an owner: at stake is what is not reached (380), without a potential what is sold.
-- One of two: 180. Ben: 60.25 of 110.25 outside; nothing to schools. Cat has left,
-- so that the south is free from that day, 31 January, on; n1's banks are two people's since Ben came to them.
SELECT id, severity, cost, owner, page, key, since FROM market_exceptions ORDER BY id
