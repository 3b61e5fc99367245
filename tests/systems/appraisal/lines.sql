-- for managers
-- Order lines of February and March that pay; own amount × rate, rounded to the cent.
-- February: ann's own revenue is 800.00 + 200.00 + 50.01 = 1,050.01, so the tier from 1,000.00 holds for all
-- her lines but Tools, which have a rate of their own: 800.00 × 2 % = 16.00; 200.00 × 5 % = 10.00.
-- o3 is shared in halves: 100.01 = 50.01 + 50.00 (the odd cent goes to the first row of credits.csv);
-- 50.01 × 2 % = 1.00; ben has 3 % of his own: 50.00 × 3 % = 1.50.
-- March: ann's own revenue is 500.00 − 300.00 = 200.00, so 1 %: −3.00 is taken back, 5.00 comes.
-- eva: 12.50 × 1 % = 0.125, which is 0.13. mia's role has no rate: o6 does not pay.
SELECT month, person, order_id, own_amount, commission_rate, commission, is_return
FROM appraisal_pay_lines
ORDER BY month, person, date, order_id
