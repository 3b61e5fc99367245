-- as of 2026-02-28
-- for managers
-- paid.csv knows nothing of January: it is taken as settled, and only February is due.
SELECT person, earned, paid_before, carried, to_pay FROM appraisal_statements WHERE person IN ('ann', 'ben') ORDER BY person
