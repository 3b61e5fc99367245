-- as of 2027-06-30
-- The only year with a target, 2026, is over: there is nothing to propose.
SELECT year, (SELECT count(*) FROM targets_proposal) AS rows FROM targets_split_year
