-- for managers
-- At home (China) 10 contacts, less a1, a3 and f1; abroad 5, less b2, b3 and e2.
SELECT abroad, contacts, contacts_double, contacts_merged
FROM contacts_merging
ORDER BY abroad
