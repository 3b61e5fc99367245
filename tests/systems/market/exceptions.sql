-- Three parts without an owner: at stake is what is not reached (380), without a potential what is sold.
-- One of two: 180. Ben: 60.25 of 110.25 outside; nothing to schools. Cat has left.
SELECT id, severity, cost, owner, page, key FROM market_exceptions ORDER BY id
