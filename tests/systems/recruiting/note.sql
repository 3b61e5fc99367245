-- status 1
SELECT note FROM candidates
