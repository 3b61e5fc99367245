-- for managers
-- Talks by kind, team events once a day; March only up to the 15th.
SELECT month, kind, observations FROM observation_by_month ORDER BY month, kind
