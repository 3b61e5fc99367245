-- In touch: a1 of a1 and a2 was spoken with after 18 April; c counts a1, a2, d1, u1, u2, u3.
SELECT scope, of, contacts, contacts_unowned, contacts_untouched, contacts_in_touch
FROM contacts_totals
WHERE scope = 'person' OR of IN ('c', 'p')
ORDER BY scope, of
