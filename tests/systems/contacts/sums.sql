-- Home is China, with 9 contacts of 13; u6, without a country, counts there. Dan has left: d1 has no owner.
-- b1's day of contact lies after the as-of date and is not seen. Reached at home: a1, a2, d1.
-- 1 of 3 became a dealer; f2 alone was reached abroad.
SELECT abroad, contacts, contacts_unowned, contacts_placeless, contacts_untouched, contacts_wanting, waiting,
       contacts_reached, contacts_talking, contacts_won, contacts_refused, round(contact_conversion, 4) AS rate
FROM contacts_sums
WHERE scope = 'company'
ORDER BY abroad
