-- as of 2026-02-28
-- for managers
-- A month before the raise, the new rate and the new rows: what its statements said then. ann 1,000.00 + 375.00
-- + 24.00; ben 800.00 + 20.00, who had no pay in January.
SELECT person, base_pay, base_before, bonus, commission, earned, carried
FROM appraisal_statements
ORDER BY person
