-- g and h are to meet on 15 May, in 15 days: since 17 April, for who has the north; i and j only on 3 June, in 34 days.
SELECT id, severity, owner, text, since FROM promotion_exceptions WHERE id LIKE 'promotion:overlap:%' ORDER BY id
