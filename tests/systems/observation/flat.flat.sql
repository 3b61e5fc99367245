-- for managers
-- Without managers everybody is to be talked with, by whom is unknown. Ben: since the first day of the book. A
-- follow-up was done before it arose, and one that nobody asked for.
SELECT p.person, p.observer, p.days_quiet, (SELECT count(*) FROM observation_checks) AS warnings
FROM observation_people AS p
ORDER BY p.person
