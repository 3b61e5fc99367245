-- Due from 5 February on: Dan's of 2 February is not chased any more, and nobody who has left is. The latest first.
SELECT person, form, state, forms, oldest_due, periods FROM forms_chase ORDER BY person, form, state
