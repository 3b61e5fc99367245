-- 118 people, of whom 61 lead others: 1 at the top, 3 below and 57 below these. With the third level it
-- would be more than 60, so two are drawn. Who leads nobody, and who stands below whom, is known of all.
SELECT person, parent, label,
       (SELECT count(*) FROM organization_placed AS p WHERE p.owner = c.person) AS below
FROM organization_chart AS c
ORDER BY person
