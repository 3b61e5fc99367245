-- for managers
-- Ben and Cat for 60 days and more, each; Ann for 30. Follow-ups open for more than 14 days: Cat's (65 days),
-- which Max's successor in this, the boss, has to do, and Ann's (30).
-- Each since the day on which it was so long: Ben's 20 December + 60, Cat's 10 January + 60, Ann's 14 February + 30; follow-ups
-- the 15th day after 10 January and 14 February.
SELECT id, severity, owner, page, key, since FROM observation_exceptions ORDER BY id
