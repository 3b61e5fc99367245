-- as of 2026-12-31
-- Now b1's day of contact is seen: reached, and no longer waiting.
SELECT abroad, contacts_untouched, waiting, contacts_reached
FROM contacts_sums
WHERE scope = 'company'
ORDER BY abroad
