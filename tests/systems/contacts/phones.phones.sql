-- for managers
-- One number however it is written: a1 to a5 at home in China, a6 from Germany; b1 and b2 end like them, but begin with
-- 188 and 158. c2 without a country is at home; c3 and c4 lack Shanghai's area code, as c5 lacks Beijing's. d2 has the
-- (0), d4 the 00; h4 calls d1 from America; d5 and d6 have an
-- extension and are as they stand. Norway has no area codes. In Rome
-- the 0 belongs to the number. Russia has an 8 in place of the 0, but Petersburg's 812 is none; America a 1, Hungary 06.
-- Brazil's 55 is its code and an area: eleven digits are an area's. k1 and k2 lie in no country that has a code, l1
-- and l2 name a code that none has.
SELECT head, contact_dropped, contact_match FROM contacts_twins ORDER BY head
