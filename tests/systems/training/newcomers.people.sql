-- Who begins on 16 March is not here on the 15th: three people, of whom all were in a special training; 5 hours for three.
SELECT (SELECT count(*) FROM training_persons) AS people, c.training_people AS n, c.training_reached AS x,
       round(y.training_hours_each, 6) AS h,
       (SELECT count(*) FROM training_matrix) AS cells
FROM training_coverage AS c
JOIN training_year AS y ON y.scope = 'company'
