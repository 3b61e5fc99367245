-- Right below the company two regions are called North, a region and a team South.
SELECT scope, of, name FROM targets_tree WHERE depth = 1 ORDER BY scope, of
