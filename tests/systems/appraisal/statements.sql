-- for managers
-- March so far. bonus = bonus at 100 × score ÷ 100, earned = base + bonus + commission,
-- due = earned − paid before + what February left open (earned − paid; paid.csv knows of February).
-- ann  bonus 500.00 × 28.571429 % = 142.86; earned 1,000.00 + 142.86 + 2.00 = 1,144.86, paid 200.00;
--      February: 1,000.00 + 500.00 × 99 % = 495.00 + 27.00 = 1,522.00, paid 1,500.00: 22.00 open; due 966.86
-- ben  March: score 0; February: 1,000.00 + 500.00 × 45.714286 % = 228.57 + 1.50 = 1,230.07, nothing paid
-- cid  left on 10 February: 7 of its 20 working days, 1,000.00 × 7 ÷ 20 = 350.00 open; in March nothing
-- eva  from 9 March: 17 of 22 working days, 900.00 × 17 ÷ 22 = 695.45; commission 0.13
SELECT person, base_pay, bonus, commission, taken_back, earned, paid_before, carried, to_pay
FROM appraisal_statements
ORDER BY person
