-- Eve waits for 45 days, Fay for just 30, Gil only for 14. Fay has an offer and is below; Eve has no profile; Cat is decided.
-- Since the 30th day: 30 January + 30 = 29 February, 14 February + 30 = 15 March.
SELECT id, severity, owner, page, key, since FROM recruiting_exceptions ORDER BY id
