-- That of c1 was answered by the visit of 24 February. c3: due on the 4th, a day ago; c9: 20 February, 9 + 5 days
-- ago, noted by Ben, for whom Mia acts; c2: today, not overdue.
SELECT customer, person, owner, next_date AS due, late_days AS late, amount AS cost, page, key
FROM visits_steps
ORDER BY customer
