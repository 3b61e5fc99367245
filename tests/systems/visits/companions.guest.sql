-- Who took part stands by name, in the order noted; Ms Guest, whom people.csv lacks, as she is noted.
SELECT with, seen_with FROM visits_companions ORDER BY with
