-- Five people here; special: Ann, Cat (Dan has left); contest: Ann, Ben; case sharing: Ann. Induction is for the three who
-- joined in the last 12 months: Ben of Ben, Cat, Eve.
SELECT course_kind AS kind_of, courses_held AS c, training_reached AS x, training_people AS n,
       round(training_coverage, 6) AS part
FROM training_coverage
ORDER BY course_kind
