-- for managers
-- Five people: Ann (30 days), Ben and Cat are quiet, Ben and Cat for 60. Open: Ann's, done only on 20 March,
-- and Cat's; what is open about Eve, who has left, is nobody's to do.
SELECT scope, of, people_led, quiet_people, quiet_60, open_follow_ups, talks_90 FROM observation_now ORDER BY scope, of
