-- The role with quotes is found, and the day's form is due on the day.
SELECT person, form, period, due_day FROM forms_expected WHERE form = 'a' ORDER BY period
