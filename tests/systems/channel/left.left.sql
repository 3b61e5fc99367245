-- The last two dealers of R, which is richer than the median, ended on 31 March and 30 June; a contract of November is
-- still to come.
SELECT id, since FROM channel_exceptions WHERE id LIKE 'channel:empty:%'
