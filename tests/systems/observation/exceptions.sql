-- for managers
-- Ben and Cat for 60 days and more, each; Ann for 30. Follow-ups open for more than 14 days: Cat's (65 days),
-- which Max's successor in this, the boss, has to do, and Ann's (30).
SELECT id, severity, owner, page, key, since FROM observation_exceptions ORDER BY id
