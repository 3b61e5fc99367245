-- for managers
-- The last row of each counts: m2 went on the second day; m3 was given to the server, and nobody noted an answer;
-- m5 went, and its condition is over; m7 is still to go.
SELECT message, state, noted, report, email FROM mail_messages ORDER BY message
