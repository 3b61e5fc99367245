-- 26 February and 1 March are holidays, Saturday 2 March is worked. A day's form until 18:00 of the day. W08's
-- Friday is 23 February; W09's is the holiday, so 2 March. Working days after 31 January: 1, 2 February; after 29
-- February: 2, 4 March. W10 and March are due later.
SELECT form, period, due_limit FROM forms_periods WHERE due_day <= '2024-03-06' ORDER BY due_limit, form
