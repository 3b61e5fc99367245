-- x has left: z acts for them.
SELECT id, severity, cost, owner, text FROM segments_exceptions
