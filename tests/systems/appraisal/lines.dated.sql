-- for managers
-- February: 1,200.00 and 1,000.00 reach the step of 2 %: 24.00 and 20.00.
-- From March on the rates of the role are 1.5 % alone, the step from 1,000.00 is gone: 2,000.00 × 1.5 % = 30.00;
-- what comes back of February's order has the rate of March, −200.00 × 1.5 % = −3.00. Tools keep their 5 %.
-- ben has 3 % of his own from March on: 400.00 × 3 % = 12.00. The 50 % of April are not seen.
SELECT month, person, order_id, commission_rate, tier_from, commission
FROM appraisal_pay_lines
ORDER BY month, person, date
