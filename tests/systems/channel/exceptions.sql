-- 4 November is 20 days away, and has been near, 90 days, since 6 August; Caesar bought on 5 October, after his contract; the median gross product of
-- the provinces is 500, only R is richer than that and has no dealer.
SELECT id, severity, cost, owner, page, key, since
FROM channel_exceptions
ORDER BY severity, cost DESC, id
