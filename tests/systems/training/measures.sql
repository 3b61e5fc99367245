-- Ann: January 59; February (50 + 90 + 55) ÷ 3 = 65, none of two passed; March 30 minutes, no exam.
SELECT month, measure, value FROM training_measures WHERE person = 'ann' ORDER BY month, measure
