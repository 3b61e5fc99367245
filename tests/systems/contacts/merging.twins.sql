-- for managers
-- At home (China) 8 contacts, less a1 and a3; abroad 3, less b2.
SELECT abroad, contacts, contacts_double, contacts_merged
FROM contacts_merging
ORDER BY abroad
