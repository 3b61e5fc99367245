-- After = looked after today + given: 3 + 4, 3 + 3, 2 + 2.
SELECT person, contacts_load, contacts_proposed, contacts_after
FROM contacts_loads
ORDER BY person
