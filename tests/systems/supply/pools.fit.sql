-- What t4 agreed today is not counted: Ben's totals are 30 + 30 + 6 + 30 without it.
SELECT person, too_large AS l, too_small AS s, to_spare AS spare, lacking AS lack FROM supply_pools ORDER BY person
