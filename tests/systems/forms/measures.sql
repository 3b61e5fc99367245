-- As months: a rate and two counts for each person and month in which something was due.
SELECT person, month, measure, round(value, 4) AS number
FROM measures
WHERE system = 'forms' AND person IN ('cat', 'dan')
ORDER BY person, month, measure
