-- Ann begins with week 9 of 2 to 14: 13 rows, of which 6 have a number. Bob made no visit yet, Leo has left, Old made
-- none in these weeks.
SELECT person, min(week) AS first, count(*) AS n, count(visits) AS known_n, sum(visits) AS v
FROM visits_person_weeks
GROUP BY person
