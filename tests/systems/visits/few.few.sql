-- May is over since Friday the 29th, for its last day is a Sunday. Pia: median of 4, 6, 4 is 4, and 1 is less than half of it; Quin's 2
-- are just half; Rob has left. Sue made none in three of the six months: median of 6, 0, 0, 0, 6, 6 is 3.
SELECT u.person, u.visits AS n, u.usual_visits AS usual_n, e.text, e.since
FROM visits_usual AS u
LEFT JOIN visits_exceptions AS e ON e.owner = u.person
ORDER BY u.person
