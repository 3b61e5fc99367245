-- Market: into which parts territories divide it, who owns each, what is sold and could be sold there,
-- and whether people sell where they should.

-- ---- the parts of the market ----

-- By what the market is divided: an industry or a product line that no territory and no potential
-- names does not part it.
CREATE VIEW market_grain AS
SELECT coalesce(max(industry IS NOT NULL), 0) AS by_industry,
       coalesce(max(product_line IS NOT NULL), 0) AS by_line
FROM (SELECT industry, product_line FROM territories UNION ALL SELECT industry, product_line FROM potential);

-- The place of each region on the map of the market: the nearest region around it, or itself, that a
-- territory or a potential names or by which the department is led; without one the region itself.
CREATE VIEW market_places AS
WITH named AS (
    SELECT region FROM territories WHERE region IS NOT NULL
    UNION
    SELECT region FROM potential WHERE region IS NOT NULL
    UNION
    SELECT region FROM region_areas
),
nearest AS (
    SELECT w.region, w.within,
           row_number() OVER (PARTITION BY w.region ORDER BY p.depth DESC, w.within) AS nth
    FROM regions_within AS w
    JOIN named AS n ON n.region = w.within
    JOIN regions_paths AS p ON p.region = w.within
)
SELECT r.region, coalesce(n.within, r.region) AS place
FROM regions AS r
LEFT JOIN nearest AS n ON n.region = r.region AND n.nth = 1;

-- What each person sold in each part of the market and month, of the last 12 months; shared orders by
-- their shares, so that all persons together have each order once. Money.
CREATE VIEW market_sales AS
WITH placed AS (
    SELECT s.person, s.month, coalesce(p.place, s.region) AS region,
           CASE WHEN g.by_industry THEN s.industry END AS industry,
           CASE WHEN g.by_line THEN s.line END AS product_line, s.amount
    FROM market_person_month AS s
    JOIN market_grain AS g
    LEFT JOIN market_places AS p ON p.region = s.region
)
SELECT person, month, region, industry, product_line,
       concat(region, char(31), industry, char(31), product_line) AS cell, sum(amount) AS amount
FROM placed
GROUP BY person, month, region, industry, product_line;

-- Parts of the market that hold anything: sales of the last 12 months, a potential, customers that are
-- not lost (unless product lines part the market: a customer has none). potential: NULL where none is
-- given.
CREATE VIEW market_filled AS
WITH parts AS (
    SELECT region, industry, product_line, sum(amount) AS revenue, NULL AS potential, 0 AS customers
    FROM market_sales
    GROUP BY region, industry, product_line
    UNION ALL
    SELECT m.place, p.industry, p.product_line, 0, p.amount, 0
    FROM potential AS p
    LEFT JOIN market_places AS m ON m.region = p.region
    UNION ALL
    SELECT m.place, CASE WHEN g.by_industry THEN c.industry END, NULL, 0, NULL, count(*)
    FROM customers AS c
    JOIN market_grain AS g
    LEFT JOIN market_places AS m ON m.region = c.region
    WHERE g.by_line = 0 AND coalesce(c.status, 'active') <> 'lost'
    GROUP BY m.place, CASE WHEN g.by_industry THEN c.industry END
)
SELECT concat(region, char(31), industry, char(31), product_line) AS cell, region, industry, product_line,
       sum(revenue) AS revenue_12, sum(potential) AS potential, sum(customers) AS cell_customers
FROM parts
GROUP BY region, industry, product_line;

-- Which territories cover which of them, at any time: each that says nothing else of region, industry
-- and product line.
CREATE VIEW market_covers AS
SELECT c.cell, t._row AS row, t.person, coalesce(t.starts, '0000-01-01') AS starts,
       coalesce(t.ends, '9999-12-31') AS ends
FROM market_filled AS c
JOIN regions_within AS w ON w.region = c.region
JOIN territories AS t ON t.region = w.within
WHERE (t.industry IS NULL OR t.industry = c.industry)
  AND (t.product_line IS NULL OR t.product_line = c.product_line)
UNION ALL
SELECT c.cell, t._row, t.person, coalesce(t.starts, '0000-01-01'), coalesce(t.ends, '9999-12-31')
FROM territories AS t
JOIN market_filled AS c
WHERE t.region IS NULL
  AND (t.industry IS NULL OR t.industry = c.industry)
  AND (t.product_line IS NULL OR t.product_line = c.product_line);

-- Who owns a part of the market today; one who has left owns nothing. A territory that covers nothing
-- filled is a part of its own, empty so far.
CREATE VIEW market_owners AS
SELECT DISTINCT v.cell, v.person
FROM market_covers AS v
JOIN acting_owners AS a ON a.person = v.person AND a.present = 1
WHERE v.starts <= as_of() AND v.ends >= as_of()
UNION
SELECT concat(t.region, char(31), t.industry, char(31), t.product_line), t.person
FROM territories AS t
JOIN acting_owners AS a ON a.person = t.person AND a.present = 1
WHERE coalesce(t.starts, '0000-01-01') <= as_of() AND coalesce(t.ends, '9999-12-31') >= as_of()
  AND NOT EXISTS (SELECT 1 FROM market_covers AS v WHERE v.row = t._row);

-- Each part of the market: its owners, what it bought in the last 12 months, its potential a year.
-- person: the owner where there is one only. owner: who answers for its region. place_key: the key of
-- the region's page. Money; penetration NULL without a potential.
CREATE VIEW market_cells AS
WITH cells AS (
    SELECT cell, region, industry, product_line, revenue_12, potential, cell_customers FROM market_filled
    UNION ALL
    SELECT DISTINCT concat(t.region, char(31), t.industry, char(31), t.product_line), t.region, t.industry,
           t.product_line, 0, NULL, 0
    FROM territories AS t
    WHERE NOT EXISTS (SELECT 1 FROM market_covers AS v WHERE v.row = t._row)
      AND EXISTS (SELECT 1 FROM market_owners AS o
                  WHERE o.cell = concat(t.region, char(31), t.industry, char(31), t.product_line))
),
holders AS (
    SELECT cell, count(*) AS owner_count, min(person) AS person, group_concat(name, ', ') AS owners
    FROM (SELECT o.cell, o.person, p.name
          FROM market_owners AS o
          JOIN people_names AS p ON p.person = o.person
          ORDER BY o.cell, p.name, o.person)
    GROUP BY cell
)
SELECT c.cell, c.region, c.industry, c.product_line,
       concat(coalesce(r.name, c.region, t('no region')),
              CASE WHEN g.by_industry THEN concat(' × ', coalesce(c.industry, t('no industry'))) END,
              CASE WHEN g.by_line THEN concat(' × ', coalesce(c.product_line, t('no product line'))) END) AS name,
       coalesce(h.owner_count, 0) AS owner_count, h.owners,
       CASE h.owner_count WHEN 1 THEN h.person END AS person, c.revenue_12, c.potential,
       CASE WHEN c.potential IS NOT NULL THEN max(c.potential - c.revenue_12, 0) END AS untapped,
       ratio(c.revenue_12, c.potential) AS penetration, c.cell_customers,
       coalesce(w.owner, k.owner) AS owner
FROM cells AS c
JOIN market_grain AS g
LEFT JOIN holders AS h ON h.cell = c.cell
LEFT JOIN regions AS r ON r.region = c.region
LEFT JOIN region_owners AS w ON w.region = c.region
LEFT JOIN company_owner AS k;

-- What the pictures call a region: those of one name are told apart by their keys.
CREATE VIEW market_region_names AS
SELECT region, CASE WHEN count(*) OVER (PARTITION BY coalesce(name, region)) = 1 THEN coalesce(name, region)
                    ELSE concat(coalesce(name, region), ' (', region, ')') END AS name
FROM regions;

-- The map of the market: owners by region and industry, and by region and product line (axis). Where both
-- part the market, a field holds several parts: 0 where one of them has no owner, else the most owners that one has.
-- person: who alone owns all its parts. owned_by: that one's name, or in words how many.
CREATE VIEW market_map AS
WITH parts AS (
    SELECT 'industry' AS axis, c.region, c.industry AS field, c.cell, c.owner_count
    FROM market_cells AS c
    JOIN market_grain AS g ON g.by_industry = 1
    UNION ALL
    SELECT 'product_line', c.region, c.product_line, c.cell, c.owner_count
    FROM market_cells AS c
    JOIN market_grain AS g ON g.by_line = 1
),
fields AS (
    SELECT p.axis, p.region, p.field, min(p.owner_count) AS fewest, max(p.owner_count) AS most,
           count(DISTINCT o.person) AS people, min(o.person) AS person
    FROM parts AS p
    LEFT JOIN market_owners AS o ON o.cell = p.cell
    WHERE p.region IS NOT NULL AND p.field IS NOT NULL
    GROUP BY p.axis, p.region, p.field
)
SELECT f.axis, f.region, f.field, CASE f.fewest WHEN 0 THEN 0 ELSE f.most END AS owner_count,
       CASE WHEN f.fewest = 1 AND f.people = 1 THEN f.person END AS person,
       CASE WHEN f.most = 0 THEN t('nobody')
            WHEN f.fewest = 0 THEN t('nobody in part')
            WHEN f.most > 1 THEN t('{1} owners', f.most)
            WHEN f.people > 1 THEN t('{1} people, each a part', f.people)
            ELSE n.name END AS owned_by
FROM fields AS f
LEFT JOIN people_names AS n ON n.person = f.person;

-- The industries and product lines of the map (axis), seq: what bought most in the last 12 months first. A table
-- has no room for each of a hundred. fields: how many there are.
CREATE VIEW market_map_fields AS
WITH sums AS (
    SELECT 'industry' AS axis, c.industry AS field, sum(c.revenue_12) AS revenue_12
    FROM market_cells AS c
    JOIN market_grain AS g ON g.by_industry = 1
    WHERE c.region IS NOT NULL AND c.industry IS NOT NULL
    GROUP BY c.industry
    UNION ALL
    SELECT 'product_line', c.product_line, sum(c.revenue_12)
    FROM market_cells AS c
    JOIN market_grain AS g ON g.by_line = 1
    WHERE c.region IS NOT NULL AND c.product_line IS NOT NULL
    GROUP BY c.product_line
)
SELECT axis, field, row_number() OVER (PARTITION BY axis ORDER BY revenue_12 DESC, field) AS seq,
       count(*) OVER (PARTITION BY axis) AS fields
FROM sums;

-- How the market is covered, by scope (company, region). Counts of parts; money of the last 12 months
-- and of a year; sums of what is unknown are NULL.
CREATE VIEW market_coverage AS
WITH scoped AS (
    SELECT 'company' AS scope, 'company' AS of, cell FROM market_cells
    UNION ALL
    SELECT 'region', w.within, c.cell
    FROM market_cells AS c
    JOIN regions_within AS w ON w.region = c.region
)
SELECT s.scope, s.of, count(*) AS cells, sum(CASE WHEN c.owner_count = 1 THEN 1 ELSE 0 END) AS cells_owned,
       sum(CASE WHEN c.owner_count = 0 THEN 1 ELSE 0 END) AS cells_unowned,
       sum(CASE WHEN c.owner_count > 1 THEN 1 ELSE 0 END) AS cells_shared,
       sum(c.revenue_12) AS revenue_12, sum(c.potential) AS potential, sum(c.untapped) AS untapped,
       sum(CASE WHEN c.owner_count = 0 THEN c.revenue_12 ELSE 0 END) AS unowned_revenue,
       CASE WHEN count(c.potential) > 0
            THEN sum(CASE WHEN c.owner_count = 0 THEN coalesce(c.potential, 0) ELSE 0 END) END AS unowned_potential,
       ratio(sum(CASE WHEN c.potential IS NOT NULL THEN c.revenue_12 END), sum(c.potential)) AS penetration
FROM scoped AS s
JOIN market_cells AS c ON c.cell = s.cell
GROUP BY s.scope, s.of;

-- ---- people and their territory ----

-- Own sales by person and month, of the last 12 months, and the part of them inside the own territory.
-- A month belongs to the territory of its last day, this one to that of the as-of date. held: sales of
-- months in which the person had a territory; NULL without one. Money.
CREATE VIEW market_by_month AS
WITH ends AS (
    SELECT month, min(month_last(month), as_of()) AS day
    FROM months(add_months(as_of_month(), -11), as_of_month())
),
holding AS (
    SELECT DISTINCT t.person, e.month
    FROM territories AS t
    JOIN ends AS e ON e.day >= coalesce(t.starts, '0000-01-01') AND e.day <= coalesce(t.ends, '9999-12-31')
),
inside AS (
    SELECT DISTINCT v.cell, v.person, e.month
    FROM market_covers AS v
    JOIN ends AS e ON e.day >= v.starts AND e.day <= v.ends
)
SELECT s.person, s.month, sum(s.amount) AS revenue, CASE WHEN h.person IS NOT NULL THEN sum(s.amount) END AS held,
       CASE WHEN h.person IS NOT NULL
            THEN sum(CASE WHEN i.cell IS NOT NULL THEN s.amount ELSE 0 END) END AS territory_revenue
FROM market_sales AS s
LEFT JOIN holding AS h ON h.person = s.person AND h.month = s.month
LEFT JOIN inside AS i ON i.cell = s.cell AND i.person = s.person AND i.month = s.month
WHERE s.person IS NOT NULL
GROUP BY s.person, s.month, h.person;

-- Own sales by person, month and industry of the customer. Money.
CREATE VIEW market_industries AS
SELECT person, month, industry, sum(amount) AS amount
FROM market_person_month
WHERE person IS NOT NULL
GROUP BY person, month, industry;

-- Each person of the last 12 months: sales inside and outside the own territory, and how far they go to
-- the industry in which the person should specialise. territory_share: inside ÷ sales of the months
-- with a territory; speciality_share: sales to that industry ÷ all. NULL without a territory, a
-- speciality, or sales.
CREATE VIEW market_people AS
WITH sums AS (
    SELECT person, sum(revenue) AS revenue_12, sum(held) AS held, sum(territory_revenue) AS territory_revenue
    FROM market_by_month
    GROUP BY person
),
sectors AS (
    SELECT person, industry, sum(amount) AS amount FROM market_industries GROUP BY person, industry
),
ranked AS (
    SELECT person, industry, amount, row_number() OVER (PARTITION BY person ORDER BY amount DESC, industry) AS nth
    FROM sectors
    WHERE industry IS NOT NULL AND amount > 0
),
owned AS (
    SELECT person, count(*) AS cells FROM market_owners GROUP BY person
)
SELECT p.person, n.name, a.present, coalesce(o.cells, 0) AS cells, s.revenue_12,
       s.held, s.territory_revenue, s.held - s.territory_revenue AS outside,
       ratio(s.territory_revenue, s.held) AS territory_share, p.speciality,
       CASE WHEN p.speciality IS NOT NULL AND s.person IS NOT NULL THEN coalesce(e.amount, 0) END AS speciality_revenue,
       CASE WHEN p.speciality IS NOT NULL THEN ratio(coalesce(e.amount, 0), s.revenue_12) END AS speciality_share,
       m.industry AS main_industry, ratio(m.amount, s.revenue_12) AS main_share
FROM people AS p
JOIN acting_owners AS a ON a.person = p.person
JOIN people_names AS n ON n.person = p.person
LEFT JOIN sums AS s ON s.person = p.person
LEFT JOIN sectors AS e ON e.person = p.person AND e.industry = p.speciality
LEFT JOIN ranked AS m ON m.person = p.person AND m.nth = 1
LEFT JOIN owned AS o ON o.person = p.person
WHERE s.person IS NOT NULL OR o.person IS NOT NULL;

-- ---- what joins the whole ----

-- Key figures by scope: company and region the potential that nobody owns, the company the share of
-- sales inside the territories; a person the own share and that of the speciality.
CREATE VIEW market_scope_figures AS
WITH trend AS (
    SELECT person, series(month, ratio(territory_revenue, held)) AS series
    FROM market_by_month
    WHERE held IS NOT NULL
    GROUP BY person
),
whole AS (
    SELECT month, ratio(sum(territory_revenue), sum(held)) AS share FROM market_by_month GROUP BY month
)
SELECT scope, of, 22 AS rank, 'unowned_potential' AS name, unowned_potential AS value, NULL AS target,
       NULL AS before, NULL AS series
FROM market_coverage
WHERE unowned_potential IS NOT NULL
UNION ALL
SELECT 'company', 'company', 22, 'territory_share', ratio(sum(p.territory_revenue), sum(p.held)), NULL, NULL,
       (SELECT series(w.month, w.share) FROM whole AS w WHERE w.share IS NOT NULL)
FROM market_people AS p
HAVING sum(p.held) IS NOT NULL
UNION ALL
SELECT 'person', p.person, 22, 'territory_share', p.territory_share, NULL, NULL, t.series
FROM market_people AS p
LEFT JOIN trend AS t ON t.person = p.person
WHERE p.territory_share IS NOT NULL
UNION ALL
SELECT 'person', person, 22, 'speciality_share', speciality_share, NULL, NULL, NULL
FROM market_people
WHERE speciality_share IS NOT NULL;

-- The start page's figures: those of the company.
CREATE VIEW market_figures AS
SELECT rank, name, value, target, before, series, 'market' AS page, NULL AS key
FROM market_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences: how the market is covered, by company and region; how
-- far people sell inside their territory, and in their speciality.
CREATE VIEW market_findings AS
WITH worst AS (
    SELECT name, territory_share, row_number() OVER (ORDER BY territory_share, person) AS nth,
           count(*) OVER () AS people
    FROM market_people
    WHERE territory_share IS NOT NULL AND present = 1
),
whole AS (
    SELECT ratio(sum(territory_revenue), sum(held)) AS territory_share FROM market_people
)
SELECT scope, of, 21 AS rank,
       CASE WHEN cells_owned = cells
            THEN t(CASE cells WHEN 1 THEN 'The one part of the market here has one owner.'
                              ELSE 'Each of the {1} parts of the market has one owner.' END, cells)
            ELSE concat(
                CASE WHEN cells_unowned > 0
                     THEN concat(t(CASE cells_unowned WHEN 1 THEN '1 part of the market has no owner'
                                                      ELSE '{1} parts of the market have no owner' END, cells_unowned),
                                 CASE WHEN unowned_potential > 0
                                      THEN t(', with {1} of potential a year', short_money(unowned_potential)) END,
                                 CASE WHEN unowned_revenue > 0
                                      THEN t(', {1} sold in the last 12 months', short_money(unowned_revenue)) END) END,
                CASE WHEN cells_unowned > 0 AND cells_shared > 0 THEN '; ' END,
                CASE WHEN cells_shared > 0 AND cells_unowned > 0
                     THEN t(CASE cells_shared WHEN 1 THEN '1 has more than one owner' ELSE '{1} have more than one owner' END,
                            cells_shared)
                     WHEN cells_shared > 0
                     THEN t(CASE cells_shared WHEN 1 THEN '1 part of the market has more than one owner'
                                              ELSE '{1} parts of the market have more than one owner' END,
                            cells_shared) END, '.') END AS text
FROM market_coverage
UNION ALL
SELECT 'company', 'company', 22,
       concat(t('{1} of what people sold in the last 12 months lay inside their own territory', percent(w.territory_share)),
              CASE WHEN p.people > 1 THEN t('; least at {1}: {2}', p.name, percent(p.territory_share)) END, '.')
FROM whole AS w
JOIN worst AS p ON p.nth = 1
WHERE w.territory_share IS NOT NULL
UNION ALL
SELECT 'person', person, 21,
       CASE WHEN territory_share IS NULL
            THEN t(CASE cells WHEN 1 THEN 'Owns 1 part of the market.' ELSE 'Owns {1} parts of the market.' END, cells)
            ELSE concat(t(CASE cells WHEN 0 THEN 'Owns no part of the market today'
                                     WHEN 1 THEN 'Owns 1 part of the market'
                                     ELSE 'Owns {1} parts of the market' END, cells),
                        CASE outside
                        WHEN 0 THEN t('; all own sales of the last 12 months lay inside the own territory.')
                        ELSE t('; {1} of the own sales of the last 12 months lay inside the own territory, {2} outside.',
                               percent(territory_share), short_money(outside)) END) END
FROM market_people
WHERE cells > 0 OR territory_share IS NOT NULL
UNION ALL
SELECT 'person', person, 22,
       concat(t('Should specialise in {1}: {2} of the own sales of the last 12 months went there', speciality,
                percent(speciality_share)),
              CASE WHEN main_industry IS NOT NULL AND main_industry IS NOT speciality
                   THEN t(', most went to {1} ({2})', main_industry, percent(main_share)) END, '.')
FROM market_people
WHERE speciality_share IS NOT NULL;

-- Since when a part has nobody, from the day after its last owner, or several, from the day on which the second of
-- them came. No row where territories.csv does not tell.
CREATE VIEW market_since AS
WITH held AS (
    SELECT v.cell, v.person, v.starts,
           min(CASE WHEN v.ends < as_of() THEN add_days(v.ends, 1) ELSE '9999-12-31' END,
               coalesce(p.left, '9999-12-31')) AS free_from
    FROM market_covers AS v
    JOIN people AS p ON p.person = v.person
    WHERE v.starts <= as_of()
),
comings AS (
    SELECT cell, min(starts) AS day, row_number() OVER (PARTITION BY cell ORDER BY min(starts), person) AS nth
    FROM held
    WHERE free_from > as_of()
    GROUP BY cell, person
)
SELECT c.cell, max(h.free_from) AS since
FROM market_cells AS c
JOIN held AS h ON h.cell = c.cell AND h.free_from <= as_of()
WHERE c.owner_count = 0
GROUP BY c.cell
UNION ALL
SELECT c.cell, n.day
FROM market_cells AS c
JOIN comings AS n ON n.cell = c.cell AND n.nth = 2 AND n.day > '0000-01-01'
WHERE c.owner_count > 1;

-- What to act on. Parts of the market that nobody owns, and those with two owners: the ten largest of
-- each, the rest in one line. People who sold less than half inside their own territory, and those
-- who sold less than a third in their speciality and more in another industry. cost: potential not
-- reached, without one the sales; sales of a part with two owners; sales outside. since: of the rest the newest.
CREATE VIEW market_exceptions AS
WITH missing AS (
    SELECT c.cell, c.region, c.name, c.owner, c.potential, c.revenue_12, coalesce(c.untapped, c.revenue_12) AS cost,
           row_number() OVER (ORDER BY coalesce(c.untapped, c.revenue_12) DESC, c.cell) AS nth, s.since
    FROM market_cells AS c
    LEFT JOIN market_since AS s ON s.cell = c.cell
    WHERE c.owner_count = 0
),
doubled AS (
    SELECT c.cell, c.region, c.name, c.owner, c.owners, c.revenue_12,
           row_number() OVER (ORDER BY c.revenue_12 DESC, c.cell) AS nth, s.since
    FROM market_cells AS c
    LEFT JOIN market_since AS s ON s.cell = c.cell
    WHERE c.owner_count > 1
)
SELECT concat('market:nobody:', replace(cell, char(31), ':')) AS id, 2 AS severity, nullif(cost, 0) AS cost, owner,
       CASE WHEN potential > 0
            THEN t('{1}: nobody owns this part of the market; its potential is {2} a year', name, short_money(potential))
            ELSE t('{1}: nobody owns this part of the market', name) END AS text,
       CASE WHEN region IS NULL THEN 'market' ELSE 'region' END AS page, region AS key, since
FROM missing
WHERE nth <= 10
UNION ALL
SELECT 'market:nobody:others', 2, nullif(sum(m.cost), 0), k.owner,
       t(CASE count(*) WHEN 1 THEN '1 more part of the market has no owner'
                       ELSE '{1} more parts of the market have no owner' END, count(*)),
       'market', NULL, max(m.since)
FROM missing AS m
LEFT JOIN company_owner AS k
WHERE m.nth > 10
GROUP BY k.owner
UNION ALL
SELECT concat('market:double:', replace(cell, char(31), ':')), 2, nullif(revenue_12, 0), owner,
       t('{1}: {2} own the same part of the market', name, owners),
       CASE WHEN region IS NULL THEN 'market' ELSE 'region' END, region, since
FROM doubled
WHERE nth <= 10
UNION ALL
SELECT 'market:double:others', 2, nullif(sum(m.revenue_12), 0), k.owner,
       t(CASE count(*) WHEN 1 THEN '1 more part of the market has more than one owner'
                       ELSE '{1} more parts of the market have more than one owner' END, count(*)),
       'market', NULL, max(m.since)
FROM doubled AS m
LEFT JOIN company_owner AS k
WHERE m.nth > 10
GROUP BY k.owner
UNION ALL
SELECT concat('market:outside:', person), 3, outside, person,
       t('{1}: {2} of the sales of the last 12 months lay outside the own territory', name, percent(1 - territory_share)),
       'person', person, NULL
FROM market_people
WHERE present = 1 AND territory_share < 0.5
UNION ALL
SELECT concat('market:speciality:', person), 3, NULL, person,
       t('{1} should specialise in {2}: {3} of the sales went there, {4} to {5}', name, speciality,
         percent(speciality_share), percent(main_share), main_industry),
       'person', person, NULL
FROM market_people
WHERE present = 1 AND 3 * speciality_revenue < revenue_12 AND main_industry <> speciality;

-- By person and month: the share of own sales inside the own territory, and in the speciality. NULL
-- months are left out.
CREATE VIEW market_measures AS
WITH special AS (
    SELECT i.person, i.month, sum(i.amount) AS revenue,
           sum(CASE WHEN i.industry = p.speciality THEN i.amount ELSE 0 END) AS special
    FROM market_industries AS i
    JOIN people AS p ON p.person = i.person AND p.speciality IS NOT NULL
    GROUP BY i.person, i.month
)
SELECT person, month, 'territory_share' AS measure, ratio(territory_revenue, held) AS value
FROM market_by_month
WHERE held <> 0
UNION ALL
SELECT person, month, 'speciality_share', ratio(special, revenue) FROM special WHERE revenue <> 0;

-- Territories that end before they begin, that run on after their owner left, that name an industry or
-- a product line that nothing has; specialities likewise; potential that is coarser than territories.
CREATE VIEW market_checks AS
SELECT 'error' AS severity, 'territories' AS tbl, _row AS row,
       t('the territory of {1} ends on {2}, before it begins', person, date_text(ends)) AS text,
       t('correct one of the two days') AS remedy
FROM territories
WHERE ends < starts
UNION ALL
SELECT 'warning', 'territories', t._row, t('{1} left on {2}, and the territory runs on', n.name, date_text(p.left)),
       t('give the territory its last day, and its new owner a row')
FROM territories AS t
JOIN people AS p ON p.person = t.person
JOIN people_names AS n ON n.person = t.person
WHERE p.left <= as_of() AND coalesce(t.ends, '9999-12-31') > p.left
UNION ALL
SELECT 'warning', 'territories', min(t._row), t('no customer has industry {1}', t.industry),
       t('write the industry as customers.csv does')
FROM territories AS t
WHERE t.industry IS NOT NULL AND EXISTS (SELECT 1 FROM customers AS c WHERE c.industry IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM customers AS c WHERE c.industry = t.industry)
GROUP BY t.industry
UNION ALL
SELECT 'warning', 'territories', min(t._row), t('no product has product line {1}', t.product_line),
       t('write the line as products.csv does')
FROM territories AS t
WHERE t.product_line IS NOT NULL AND EXISTS (SELECT 1 FROM products AS p WHERE p.line IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM products AS p WHERE p.line = t.product_line)
GROUP BY t.product_line
UNION ALL
SELECT 'warning', 'people', p._row, t('{1} should specialise in {2}, and no customer has that industry', p.person, p.speciality),
       t('write the industry as customers.csv does')
FROM people AS p
WHERE p.speciality IS NOT NULL AND EXISTS (SELECT 1 FROM customers AS c WHERE c.industry IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM customers AS c WHERE c.industry = p.speciality)
UNION ALL
SELECT 'warning', 'potential', p._row,
       t('potential of {1} is stated for more than territories.csv divides it into, so nobody owns all of it',
         coalesce(p.region, p.industry, p.product_line, t('the whole market'))),
       t('state it by the regions, industries and product lines of territories.csv')
FROM potential AS p
WHERE NOT EXISTS (SELECT 1 FROM market_covers AS v
                  LEFT JOIN market_places AS m ON m.region = p.region
                  WHERE v.cell = concat(m.place, char(31), p.industry, char(31), p.product_line))
  AND EXISTS (SELECT 1 FROM territories AS t
              LEFT JOIN regions_within AS w ON w.region = t.region AND w.within = p.region
              WHERE (p.region IS NULL OR w.region IS NOT NULL)
                AND (p.industry IS NULL OR t.industry = p.industry)
                AND (p.product_line IS NULL OR t.product_line = p.product_line)
                AND (t.region IS NOT p.region OR t.industry IS NOT p.industry OR t.product_line IS NOT p.product_line));
