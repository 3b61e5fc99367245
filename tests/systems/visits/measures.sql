-- As measures has them: visits once, from the targets system, which is here; Ann's customers both in time, nothing
-- overdue of hers. first_visits and calls of March.
SELECT measure, value AS n
FROM measures
WHERE person = 'ann' AND month = '2024-03' AND system IN ('visits', 'targets') AND measure NOT IN ('revenue', 'new_customers', 'attainment')
ORDER BY measure
