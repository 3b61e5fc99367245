-- as of 2023-12-20
-- for managers
-- On the first day of the book nobody can have been silent for longer.
SELECT person, last_talk, days_quiet FROM observation_people ORDER BY person
