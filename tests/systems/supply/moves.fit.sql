-- Anna: to spare 17 (n1) + 8 (s4) = 25, lacking 4 (s5): 4 move, of which 4 × 17 ÷ 25 = 2.72 and 4 × 8 ÷ 25 = 1.28:
-- the carton left over goes to the larger remainder, n1: 3 and 1.
-- Ben: to spare 13 + 13 + 5 = 31, lacking 11: 4.61, 4.61, 1.77; of the two left over t5 gets one, of the tie the first.
-- t4 has agreed today and is left alone. Cleo has nobody to give to.
SELECT person, customer, agreed AS a, move AS change, proposed AS p FROM supply_moves ORDER BY person, customer
