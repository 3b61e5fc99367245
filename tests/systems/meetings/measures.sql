-- Ann: February a1 no, a2 yes, a3 no: 1 of 3; March a8 no. Ben: December.
SELECT person, month, measure, round(value, 4) AS number FROM measures WHERE system = 'meetings' ORDER BY person, measure, month
