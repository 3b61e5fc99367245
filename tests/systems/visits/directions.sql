-- c1: two visits and a call of ours; c2 came; c8: one visit of ours, three calls of theirs. January to March: 3.
SELECT customer, our_contacts AS ours, their_contacts AS theirs, months
FROM visits_directions
WHERE customer IN ('c1', 'c2', 'c8')
ORDER BY customer
