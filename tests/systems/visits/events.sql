-- What is to be done from today on.
SELECT uid, starts, ends, owner, title, page, key FROM visits_events
