-- for managers
-- a1 and a2 share the telephone number, 138057766120, and the company without its legal form; a2 and a3 the
-- address. a2 is kept: both have owners, it was contacted later. b1 and b2: company without GmbH; b3 lies in another
-- country, its company is another one, but its telephone number is b1's. Five digits are no telephone number; no company, no e-mail and no telephone are nothing in common.
-- e1 and e2 share an address, which is one in all countries. f2 without a country is at home (China), like f1: 21 5550 1234.
SELECT head, contact, contact_dropped, contact_owners, contact_twins, contact_match
FROM contacts_twins
ORDER BY head
