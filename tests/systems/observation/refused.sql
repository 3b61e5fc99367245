-- status 1
SELECT person FROM observation_people
