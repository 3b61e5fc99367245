-- as of 2026-03-31
-- for managers
-- Who takes part changes: in February O1 is Ann's alone, from 1 March it is half Ben's, from the 20th on three quarters; what comes
-- back on the 25th is shared as the order is then. O2 is shared from the beginning: of 10.01 the cent goes to the first row, Ben's.
--   90.00 = 45.00 + 45.00   60.00 = 15.00 + 45.00   −30.00 = −7.50 − 22.50   10.01 = 5.01 + 5.00; commission a tenth of each
SELECT date, order_id, person, own_share, own_amount, commission
FROM appraisal_pay_lines
ORDER BY date, order_id, person
