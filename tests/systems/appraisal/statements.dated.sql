-- for managers
-- ann  1,200.00 from March on, bonus 600.00 × 62.5 % = 375.00, commission 30 + 5 − 3 = 32.00: 1,607.00. February
--      as it was: 1,000.00 + 500.00 × 75 % = 375.00 + 24.00 = 1,399.00, paid 1,400.00: −1.00 open; due 1,606.00
-- ben  800.00 since February, commission 12.00: 812.00; February 800.00 + 20.00 = 820.00, nothing paid
-- gus  has no pay before April: no statement
SELECT person, base_pay, base_before, bonus, commission, earned, earned_before, carried, to_pay
FROM appraisal_statements
ORDER BY person
