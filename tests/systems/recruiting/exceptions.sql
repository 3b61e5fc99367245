-- Eve waits for 45 days, Fay for just 30, Gil only for 14. Fay has an offer and is below; Eve has no profile; Cat is decided.
SELECT id, severity, owner, page, key, since FROM recruiting_exceptions ORDER BY id
