-- for managers
-- Since 14 February 30 days, since the leap day 15. A team event is no talk: Ben's last was on 20 December, 11 +
-- 31 + 29 + 15 = 86 days. Cat 21 + 29 + 15 = 65; what comes on 20 March is not known. Dee, who came on 20
-- February, was never talked with: 24 days. Max has left: the boss talks with his people. Eve has left, Fay comes
-- in April, the boss has nobody above. Talks of 90 days begin with 17 December.
SELECT person, observer, last_talk, days_quiet, talks_90, team_events, open_follow_ups
FROM observation_people
ORDER BY person
