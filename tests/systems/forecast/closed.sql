-- as of 2026-04-10
-- What the forecast after March says is so since March closed, however long April lasts.
SELECT id, since FROM forecast_exceptions ORDER BY id
