-- As of 20 March 2026. ann has left: her manager lead acts. ben has left, and so has his manager old:
-- nobody works in south, so who answers for the country around it. lead, cat and dan report within the
-- country, two of them (cat, dan) to lead, one (lead) to head: lead. old has left: manager head. eve has
-- no region and no manager present: who answers for the company; head is above three (lead, cat, dan),
-- lead above two. cat is here until the 31st, and fay comes on 1 April only: manager lead.
SELECT person, present, owner FROM acting_owners ORDER BY person
