-- for managers
-- March brings more back than it sells: ann's own revenue is -300.00 - 100.00 + 50.00 = -350.00. The rates of
-- a month without revenue hold, those from 0: -300.00 × 1 % = -3.00 and -100.00 × 5 % = -5.00 are taken back,
-- 50.00 × 1 % = 0.50 comes; due 1,000.00 - 8.00 + 0.50 = 992.50. ben's revenue is 0: -4.00 and 4.00.
-- February is paid: ann 800.00 × 2 % + 200.00 × 5 % = 26.00, ben 400.00 × 1 % = 4.00.
SELECT person, commission, taken_back, earned, carried, to_pay FROM appraisal_statements ORDER BY person
