-- 23:30 and 45 minutes end at 0:15 of the next day; without minutes it ends as it begins; without a start it is a day.
SELECT uid, starts, ends, owner FROM meetings_events ORDER BY uid
