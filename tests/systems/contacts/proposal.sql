-- Load: Ann 2 contacts + 1 customer = 3, Ben 1 + 2 = 3, Cat 1 + 1 = 2.
-- Phase 1: c, of Ann and Ben, has d1, u1, u2, u3: places 4 4 5 5, so Ann, Ben, Ann, Ben. d, of Ben alone: u4.
-- Now Ann 5, Ben 6, Cat 2. Phase 2: e lies in p, where Ann and Ben work: Ann has fewer, u5.
-- Phase 3: f1 is German, as is a customer of Cat; f2 French: whoever has customers abroad, Cat.
-- u6 is at home: of Ann and Ben, both at 6, the first: Ann.
SELECT q.contact, q.phase, p.person
FROM contacts_queue AS q
LEFT JOIN contacts_proposal AS p ON p.contact = q.contact
ORDER BY q.contact
