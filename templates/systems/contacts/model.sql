-- Contacts: whose they are, who waits, who became a dealer, who stands there twice, and to whom those
-- without an owner could be given.

-- ---- the list ----

-- The country of most contacts: home. Ties go to the first.
CREATE VIEW contacts_home AS
SELECT country FROM contacts WHERE country IS NOT NULL GROUP BY country ORDER BY count(*) DESC, country LIMIT 1;

-- Each contact without telephone and e-mail. person: who looks after it, NULL if nobody or somebody
-- who has left. abroad: 1 if its country is known and not home. reached: 1 if it was ever
-- contacted. place: what decides in which scopes it counts.
CREATE VIEW contacts_files AS
SELECT c.contact, coalesce(c.name, c.company, c.contact) AS name, c.company, c.kind, c.country, c.region,
       CASE a.present WHEN 1 THEN c.owner END AS person, c.last_contact, c.state,
       CASE WHEN c.country <> h.country THEN 1 ELSE 0 END AS abroad,
       CASE WHEN c.last_contact IS NOT NULL OR c.state <> 'new' THEN 1 ELSE 0 END AS reached,
       CASE WHEN c.wants_exclusive AND c.state NOT IN ('dealer', 'refused') THEN 1 ELSE 0 END AS wants,
       concat(c.region, char(31), CASE a.present WHEN 1 THEN c.owner END) AS place
FROM contacts AS c
LEFT JOIN contacts_home AS h
LEFT JOIN acting_owners AS a ON a.person = c.owner;

-- Which contacts count for a scope, by their place: all for the company; a region's by where they
-- are; a person's by who looks after them.
CREATE VIEW contacts_scopes AS
WITH places AS (
    SELECT DISTINCT place, region, person FROM contacts_files
)
SELECT 'company' AS scope, 'company' AS of, place FROM places
UNION ALL
SELECT 'region', w.within, p.place
FROM places AS p
JOIN regions_within AS w ON w.region = p.region
UNION ALL
SELECT 'person', person, place FROM places WHERE person IS NOT NULL;

-- Counts by scope, home (0) and abroad (1).
CREATE VIEW contacts_sums AS
WITH cells AS (
    SELECT place, abroad, count(*) AS contacts, sum(person IS NULL) AS unowned, sum(region IS NULL) AS placeless,
           sum(1 - reached) AS untouched, sum(wants) AS wanting, sum(wants * (1 - reached)) AS waiting,
           sum(reached) AS reached, sum(state IN ('new', 'contacted', 'negotiating') AND reached) AS talking,
           sum(state = 'dealer') AS won, sum(state = 'refused') AS refused,
           count(CASE WHEN last_contact > add_days(as_of(), -180) THEN 1 END) AS in_touch
    FROM contacts_files
    GROUP BY place, abroad
)
SELECT s.scope, s.of, c.abroad, sum(c.contacts) AS contacts, sum(c.unowned) AS contacts_unowned,
       sum(c.placeless) AS contacts_placeless, sum(c.untouched) AS contacts_untouched,
       sum(c.wanting) AS contacts_wanting, sum(c.waiting) AS waiting, sum(c.reached) AS contacts_reached,
       sum(c.talking) AS contacts_talking, sum(c.won) AS contacts_won, sum(c.refused) AS contacts_refused,
       ratio(sum(c.won), sum(c.reached)) AS contact_conversion, sum(c.in_touch) AS in_touch
FROM cells AS c
JOIN contacts_scopes AS s ON s.place = c.place
GROUP BY s.scope, s.of, c.abroad;

-- The same, home and abroad together. Conversion = dealers ÷ contacted; NULL while nobody was.
CREATE VIEW contacts_totals AS
SELECT scope, of, sum(contacts) AS contacts, sum(CASE abroad WHEN 1 THEN contacts ELSE 0 END) AS foreign_contacts,
       sum(contacts_unowned) AS contacts_unowned, sum(contacts_placeless) AS contacts_placeless,
       sum(contacts_untouched) AS contacts_untouched, sum(contacts_wanting) AS contacts_wanting,
       sum(waiting) AS waiting, sum(contacts_reached) AS contacts_reached, sum(contacts_won) AS contacts_won,
       ratio(sum(contacts_won), sum(contacts_reached)) AS contact_conversion,
       ratio(sum(in_touch), sum(contacts)) AS contacts_in_touch
FROM contacts_sums
GROUP BY scope, of;

-- Who wants to sell exclusively and is no dealer yet, the longest without an answer first.
CREATE VIEW contacts_wants AS
SELECT contact, name, company, kind, country, region, place, person, abroad, state, reached, last_contact
FROM contacts_files
WHERE wants = 1;

-- ---- to whom those without an owner could be given ----

-- Whose a region is today by territories.csv, of any industry and product line; people who are here.
CREATE VIEW contacts_held AS
SELECT DISTINCT t.region, t.person
FROM territories AS t
JOIN acting_owners AS a ON a.person = t.person AND a.present = 1
WHERE t.region IS NOT NULL AND coalesce(t.starts, '') <= as_of() AND (t.ends IS NULL OR t.ends >= as_of());

-- Who could take contacts: people who are here and look after customers or own a region. load:
-- contacts and customers that they look after.
CREATE VIEW contacts_takers AS
WITH loads AS (
    SELECT owner AS person, count(*) AS n, 1 AS is_seller FROM customers WHERE owner IS NOT NULL GROUP BY owner
    UNION ALL
    SELECT DISTINCT person, 0, 1 FROM contacts_held
    UNION ALL
    SELECT person, count(*), 0 FROM contacts_files WHERE person IS NOT NULL GROUP BY person
)
SELECT l.person, sum(l.n) AS load
FROM loads AS l
JOIN acting_owners AS a ON a.person = l.person AND a.present = 1
GROUP BY l.person
HAVING max(l.is_seller) = 1;

-- Their territories: the regions that they own, and outside of all that are owned the regions of their
-- customers, and the region in which they work.
CREATE VIEW contacts_territories AS
WITH held AS (
    SELECT w.region FROM contacts_held AS h JOIN regions_within AS w ON w.within = h.region
)
SELECT region, person FROM contacts_held
UNION
SELECT c.region, t.person
FROM contacts_takers AS t
JOIN customers AS c ON c.owner = t.person
WHERE c.region IS NOT NULL AND c.region NOT IN (SELECT region FROM held)
UNION
SELECT p.region, t.person
FROM contacts_takers AS t
JOIN people AS p ON p.person = t.person
WHERE p.region IS NOT NULL AND p.region NOT IN (SELECT region FROM held);

-- Each contact without an owner with the territory in which its takers are sought: that of its
-- region (phase 1); of the nearest region around it (2); without one, of its country, else of all
-- with customers abroad or at home (3). Phases are served in this order, those with the fewest
-- takers first.
CREATE VIEW contacts_queue AS
WITH covered AS (
    SELECT DISTINCT region FROM contacts_territories
),
nearest AS (
    SELECT w.region, w.within, row_number() OVER (PARTITION BY w.region ORDER BY h.depth DESC, w.within) AS nth
    FROM regions_within AS w
    JOIN covered AS c ON c.region = w.within
    LEFT JOIN regions_paths AS h ON h.region = w.within
),
countries AS (
    SELECT DISTINCT c.country
    FROM customers AS c
    JOIN contacts_takers AS t ON t.person = c.owner
    WHERE c.country IS NOT NULL
)
SELECT f.contact, CASE WHEN n.within = f.region THEN 1 WHEN n.within IS NOT NULL THEN 2 ELSE 3 END AS phase,
       CASE WHEN n.within IS NOT NULL THEN concat('region ', n.within)
            WHEN f.abroad = 1 AND k.country IS NOT NULL THEN concat('country ', k.country)
            WHEN f.abroad = 1 THEN 'abroad' ELSE 'home' END AS territory
FROM contacts_files AS f
LEFT JOIN nearest AS n ON n.region = f.region AND n.nth = 1
LEFT JOIN countries AS k ON k.country = f.country
WHERE f.person IS NULL;

-- The takers of each such territory. Where nobody has customers abroad, or at home, all are.
CREATE VIEW contacts_members AS
WITH sides AS (
    SELECT t.person, max(CASE WHEN c.country <> h.country THEN 1 ELSE 0 END) AS abroad,
           max(CASE WHEN c.customer IS NULL OR c.country <> h.country THEN 0 ELSE 1 END) AS home
    FROM contacts_takers AS t
    LEFT JOIN customers AS c ON c.owner = t.person
    LEFT JOIN contacts_home AS h
    GROUP BY t.person
)
SELECT concat('region ', region) AS territory, person FROM contacts_territories
UNION ALL
SELECT DISTINCT concat('country ', c.country), t.person
FROM contacts_takers AS t
JOIN customers AS c ON c.owner = t.person
WHERE c.country IS NOT NULL
UNION ALL
SELECT 'abroad', person FROM sides WHERE abroad = 1 OR NOT EXISTS (SELECT 1 FROM sides WHERE abroad = 1)
UNION ALL
SELECT 'home', person FROM sides WHERE home = 1 OR NOT EXISTS (SELECT 1 FROM sides WHERE home = 1);

-- Territories with the same takers are one pool. nth: place of the contact in the queue of its pool.
CREATE VIEW contacts_pools AS
WITH pools AS (
    SELECT territory, group_concat(person, char(31)) AS pool
    FROM (SELECT territory, person FROM contacts_members ORDER BY territory, person)
    GROUP BY territory
)
SELECT q.contact, q.phase, q.territory, p.pool,
       row_number() OVER (PARTITION BY q.phase, p.pool ORDER BY q.contact) AS nth
FROM contacts_queue AS q
JOIN pools AS p ON p.territory = q.territory;

-- Phase 1. Each taker of a pool has places numbered load + 1, load + 2 …; the contacts of the pool
-- take the lowest, so that loads become as even as they can.
CREATE VIEW contacts_given_1 AS
WITH takers AS (
    SELECT DISTINCT q.pool, m.person
    FROM contacts_pools AS q
    JOIN contacts_members AS m ON m.territory = q.territory
    WHERE q.phase = 1
),
places AS (
    SELECT q.pool, t.person, row_number() OVER (PARTITION BY q.pool ORDER BY l.load + q.nth, t.person) AS nth
    FROM contacts_pools AS q
    JOIN takers AS t ON t.pool = q.pool
    JOIN contacts_takers AS l ON l.person = t.person
    WHERE q.phase = 1
)
SELECT q.contact, p.person
FROM contacts_pools AS q
JOIN places AS p ON p.pool = q.pool AND p.nth = q.nth
WHERE q.phase = 1;

-- Phase 2, on top of it.
CREATE VIEW contacts_given_2 AS
WITH loads AS (
    SELECT l.person, l.load + count(g.contact) AS load
    FROM contacts_takers AS l
    LEFT JOIN contacts_given_1 AS g ON g.person = l.person
    GROUP BY l.person, l.load
),
takers AS (
    SELECT DISTINCT q.pool, m.person
    FROM contacts_pools AS q
    JOIN contacts_members AS m ON m.territory = q.territory
    WHERE q.phase = 2
),
places AS (
    SELECT q.pool, t.person, row_number() OVER (PARTITION BY q.pool ORDER BY l.load + q.nth, t.person) AS nth
    FROM contacts_pools AS q
    JOIN takers AS t ON t.pool = q.pool
    JOIN loads AS l ON l.person = t.person
    WHERE q.phase = 2
)
SELECT q.contact, p.person
FROM contacts_pools AS q
JOIN places AS p ON p.pool = q.pool AND p.nth = q.nth
WHERE q.phase = 2
UNION ALL
SELECT contact, person FROM contacts_given_1;

-- Phase 3, on top of both: the whole proposal, one person for each contact without an owner, as far
-- as there is anybody to take it.
CREATE VIEW contacts_proposal AS
WITH loads AS (
    SELECT l.person, l.load + count(g.contact) AS load
    FROM contacts_takers AS l
    LEFT JOIN contacts_given_2 AS g ON g.person = l.person
    GROUP BY l.person, l.load
),
takers AS (
    SELECT DISTINCT q.pool, m.person
    FROM contacts_pools AS q
    JOIN contacts_members AS m ON m.territory = q.territory
    WHERE q.phase = 3
),
places AS (
    SELECT q.pool, t.person, row_number() OVER (PARTITION BY q.pool ORDER BY l.load + q.nth, t.person) AS nth
    FROM contacts_pools AS q
    JOIN takers AS t ON t.pool = q.pool
    JOIN loads AS l ON l.person = t.person
    WHERE q.phase = 3
)
SELECT q.contact, p.person
FROM contacts_pools AS q
JOIN places AS p ON p.pool = q.pool AND p.nth = q.nth
WHERE q.phase = 3
UNION ALL
SELECT contact, person FROM contacts_given_2;

-- By person: what they look after, what they would be given, and both.
CREATE VIEW contacts_loads AS
SELECT t.person, t.load AS contacts_load, count(p.contact) AS contacts_proposed,
       t.load + count(p.contact) AS contacts_after
FROM contacts_takers AS t
LEFT JOIN contacts_proposal AS p ON p.person = t.person
GROUP BY t.person, t.load;

-- ---- who stands there twice: for managers, for it reads telephone and e-mail ----

-- Legal forms at the end of a company's name, as bare text; the longest that fits falls away.
CREATE VIEW contacts_legal_forms AS
SELECT column1 AS form
FROM (VALUES ('gmbh'), ('gmbhcokg'), ('ltd'), ('coltd'), ('limited'), ('inc'), ('incorporated'), ('llc'), ('corp'),
             ('corporation'), ('ptyltd'), ('pvtltd'), ('plc'), ('sarl'), ('srl'), ('sl'), ('spzoo'), ('ooo'), ('oy'),
             ('aps'), ('bv'), ('kft'), ('sro'), ('有限公司'), ('有限责任公司'), ('股份有限公司'), ('株式会社'));

-- How a telephone number is written abroad (code, ITU-T E.164) and at home (plan), by country (ISO 3166):
--   '0': a 0 before the area code;  '06', '8', '1': these in its place, the last two only if all is as long as
--   it then has to be;  'closed': no area codes, so that seven digits are a whole number;  'whole': a 0 is part of it.
CREATE VIEW contacts_dialling AS
SELECT column1 AS country, column2 AS code, '0' AS plan
FROM (VALUES ('AD', '376'), ('AE', '971'), ('AF', '93'), ('AL', '355'), ('AM', '374'), ('AO', '244'),
             ('AR', '54'), ('AT', '43'), ('AU', '61'), ('AZ', '994'), ('BA', '387'), ('BD', '880'),
             ('BE', '32'), ('BG', '359'), ('BI', '257'), ('BO', '591'), ('BR', '55'), ('BT', '975'),
             ('BW', '267'), ('CD', '243'), ('CG', '242'), ('CH', '41'), ('CI', '225'), ('CL', '56'),
             ('CM', '237'), ('CN', '86'), ('CO', '57'), ('CU', '53'), ('DE', '49'), ('DZ', '213'),
             ('EC', '593'), ('EG', '20'), ('ET', '251'), ('FI', '358'), ('FR', '33'), ('GA', '241'),
             ('GB', '44'), ('GE', '995'), ('GF', '594'), ('GH', '233'), ('GN', '224'), ('GP', '590'),
             ('GY', '592'), ('HR', '385'), ('ID', '62'), ('IE', '353'), ('IL', '972'), ('IN', '91'),
             ('IQ', '964'), ('IR', '98'), ('JO', '962'), ('JP', '81'), ('KE', '254'), ('KG', '996'),
             ('KH', '855'), ('KP', '850'), ('KR', '82'), ('LA', '856'), ('LB', '961'), ('LI', '423'),
             ('LK', '94'), ('LR', '231'), ('LY', '218'), ('MA', '212'), ('MD', '373'), ('ME', '382'),
             ('MG', '261'), ('MK', '389'), ('MM', '95'), ('MN', '976'), ('MQ', '596'), ('MW', '265'),
             ('MX', '52'), ('MY', '60'), ('MZ', '258'), ('NA', '264'), ('NG', '234'), ('NL', '31'),
             ('NP', '977'), ('NZ', '64'), ('PE', '51'), ('PG', '675'), ('PH', '63'), ('PK', '92'),
             ('PS', '970'), ('PY', '595'), ('RE', '262'), ('RO', '40'), ('RS', '381'), ('RW', '250'),
             ('SA', '966'), ('SD', '249'), ('SE', '46'), ('SI', '386'), ('SK', '421'), ('SN', '221'),
             ('SO', '252'), ('SY', '963'), ('TD', '235'), ('TH', '66'), ('TJ', '992'), ('TM', '993'),
             ('TR', '90'), ('TW', '886'), ('TZ', '255'), ('UA', '380'), ('UG', '256'), ('UY', '598'),
             ('UZ', '998'), ('VE', '58'), ('VN', '84'), ('XK', '383'), ('YE', '967'), ('ZA', '27'),
             ('ZM', '260'), ('ZW', '263'))
UNION ALL
SELECT column1 AS country, column2 AS code, 'closed' AS plan
FROM (VALUES ('BF', '226'), ('BH', '973'), ('BJ', '229'), ('BN', '673'), ('BZ', '501'), ('CF', '236'),
             ('CR', '506'), ('CV', '238'), ('CY', '357'), ('CZ', '420'), ('DJ', '253'), ('DK', '45'),
             ('EE', '372'), ('ER', '291'), ('ES', '34'), ('FJ', '679'), ('FO', '298'), ('GI', '350'),
             ('GL', '299'), ('GM', '220'), ('GQ', '240'), ('GR', '30'), ('GT', '502'), ('GW', '245'),
             ('HK', '852'), ('HN', '504'), ('HT', '509'), ('IS', '354'), ('KM', '269'), ('KW', '965'),
             ('LS', '266'), ('LU', '352'), ('LV', '371'), ('MC', '377'), ('ML', '223'), ('MO', '853'),
             ('MR', '222'), ('MT', '356'), ('MU', '230'), ('MV', '960'), ('NC', '687'), ('NE', '227'),
             ('NI', '505'), ('NO', '47'), ('OM', '968'), ('PA', '507'), ('PF', '689'), ('PL', '48'),
             ('PT', '351'), ('QA', '974'), ('SC', '248'), ('SG', '65'), ('SL', '232'), ('SR', '597'),
             ('SV', '503'), ('SZ', '268'), ('TG', '228'), ('TL', '670'), ('TN', '216'))
UNION ALL
SELECT column1 AS country, column2 AS code, '06' AS plan
FROM (VALUES ('HU', '36'))
UNION ALL
SELECT column1 AS country, column2 AS code, '8' AS plan
FROM (VALUES ('BY', '375'), ('KZ', '7'), ('LT', '370'), ('RU', '7'))
UNION ALL
SELECT column1 AS country, column2 AS code, '1' AS plan
FROM (VALUES ('BB', '1'), ('BS', '1'), ('CA', '1'), ('DO', '1'), ('JM', '1'), ('PR', '1'), ('TT', '1'),
             ('US', '1'))
UNION ALL
SELECT column1 AS country, column2 AS code, 'whole' AS plan
FROM (VALUES ('IT', '39'), ('SM', '378'), ('VA', '39'));

-- The telephone numbers of at least seven digits, each as one text however it was written: "+", code and number
-- without what is only dialled at home; one with letters, such as an extension, as it stands.
--   abroad: what is written with + or 00 (011 from where the code is 1), by whatever country's code it begins with.
--   Else by the contact's country, home where it has none. Eleven digits and more that begin with its code, and nine
--   behind it, are read with and without it, for spreadsheets drop a + (in Brazil 55 is an area too: twelve). Up to
--   eight digits without a 0 lack the area code and count within the region only. Without a code that is known the
--   number counts within the country.
CREATE VIEW contacts_numbers AS
WITH written AS (
    SELECT c.contact, coalesce(c.country, h.country, '') AS country, coalesce(c.region, '') AS region,
           bare(c.phone) AS digits, substr(ltrim(c.phone, ' ('''), 1, 1) IN ('+', '＋') AS is_marked
    FROM contacts AS c
    LEFT JOIN contacts_home AS h
),
known AS (
    SELECT w.contact, w.country, w.region, w.digits, d.code, d.plan,
           CASE WHEN w.is_marked THEN w.digits
                WHEN w.digits LIKE '00%' THEN substr(w.digits, 3)
                WHEN d.code = '1' AND w.digits LIKE '011%' THEN substr(w.digits, 4) END AS abroad,
           length(w.digits) <= 8 AND d.plan IN ('0', '06', '8', '1') AND substr(w.digits, 1, 1) <> '0' AS is_local
    FROM written AS w
    LEFT JOIN contacts_dialling AS d ON d.country = w.country
    WHERE length(w.digits) >= 7 AND w.digits NOT GLOB '*[^0-9]*'
),
codes AS (
    SELECT DISTINCT code, plan FROM contacts_dialling
),
-- No code begins with another.
called AS (
    SELECT contact, abroad,
           CASE WHEN substr(abroad, 1, 1) IN (SELECT code FROM codes) THEN substr(abroad, 1, 1)
                WHEN substr(abroad, 1, 2) IN (SELECT code FROM codes) THEN substr(abroad, 1, 2)
                WHEN substr(abroad, 1, 3) IN (SELECT code FROM codes) THEN substr(abroad, 1, 3) END AS code
    FROM known
    WHERE abroad IS NOT NULL
),
parted AS (
    SELECT k.contact, c.code, c.plan, substr(k.abroad, 1 + length(c.code)) AS rest
    FROM called AS k
    JOIN codes AS c ON c.code = k.code
    UNION ALL
    SELECT contact, code, plan, digits FROM known WHERE abroad IS NULL AND code IS NOT NULL AND NOT is_local
    UNION ALL
    SELECT contact, code, plan, substr(digits, 1 + length(code))
    FROM known
    WHERE abroad IS NULL AND substr(digits, 1, length(code)) = code
      AND length(digits) >= CASE code WHEN '55' THEN 12 ELSE max(11, 9 + length(code)) END
),
inland AS (
    SELECT contact, code, plan,
           CASE WHEN plan = '06' AND rest LIKE '06%' THEN substr(rest, 3)
                WHEN plan = '8' AND rest LIKE '8%' AND length(rest) = CASE code WHEN '370' THEN 9 ELSE 11 END
                THEN substr(rest, 2)
                WHEN plan = '1' AND rest LIKE '1%' AND length(rest) = 11 THEN substr(rest, 2)
                ELSE rest END AS rest
    FROM parted
)
SELECT contact,
       concat('+', code, ' ', CASE WHEN plan <> 'whole' AND rest LIKE '0%' THEN substr(rest, 2) ELSE rest END) AS number
FROM inland
UNION
SELECT contact, concat('+', abroad) FROM called WHERE code IS NULL
UNION
SELECT contact, CASE WHEN is_local THEN concat(country, char(31), region, char(31), digits)
                     ELSE concat(country, char(31), ltrim(digits, '0')) END
FROM known
WHERE abroad IS NULL AND (is_local OR code IS NULL)
UNION
SELECT contact, concat(country, char(31), digits)
FROM written
WHERE digits GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9]*[^0-9]*';

-- What two contacts that are one have in common: telephone, as contacts_numbers has it; e-mail, without
-- capitals and blanks; company, letters and digits alone without the legal form, within a country, which is
-- home where it is not known, and region. A whole number and an address for mail are the same in the whole world.
CREATE VIEW contacts_keys AS
WITH numbers AS (
    SELECT c.contact, coalesce(c.country, h.country, '') AS country, lower(trim(c.email)) AS email,
           bare(c.company) AS company, coalesce(c.region, '') AS region
    FROM contacts AS c
    LEFT JOIN contacts_home AS h
),
named AS (
    SELECT n.contact, n.country, n.region, n.company, max(length(f.form)) AS longest
    FROM numbers AS n
    LEFT JOIN contacts_legal_forms AS f
           ON substr(n.company, -length(f.form)) = f.form AND length(n.company) > length(f.form) + 2
    WHERE n.company IS NOT NULL
    GROUP BY n.contact, n.country, n.region, n.company
)
SELECT contact, 1 AS way, number AS value FROM contacts_numbers
UNION ALL
SELECT contact, 2, email FROM numbers WHERE email <> ''
UNION ALL
SELECT contact, 3, concat(country, char(31), region, char(31),
                          substr(company, 1, length(company) - coalesce(longest, 0)))
FROM named;

-- Contacts that share something, each tied to the first of those who share it.
CREATE VIEW contacts_ties AS
WITH shared AS (
    SELECT way, value, min(contact) AS hub FROM contacts_keys GROUP BY way, value HAVING count(*) > 1
)
SELECT k.contact, k.way, s.hub
FROM contacts_keys AS k
JOIN shared AS s ON s.way = k.way AND s.value = k.value;

-- Contacts that are one, over any number of ties: head names their group. It is looked for from those alone that
-- are the first of all with whom they share something: thousands may have one telephone, of a switchboard or
-- n/a, and from each of them to each would be millions of steps. keep: 1 for the one to keep, which has an
-- owner, else was contacted last, else is the first.
CREATE VIEW contacts_groups AS
WITH RECURSIVE edges AS (
    SELECT contact AS a, hub AS b FROM contacts_ties
    UNION
    SELECT hub, contact FROM contacts_ties
),
reach(head, contact) AS (
    SELECT a, a FROM edges GROUP BY a HAVING min(b) >= a
    UNION
    SELECT r.head, e.b
    FROM reach AS r
    JOIN edges AS e ON e.a = r.contact
),
heads AS (
    SELECT contact, min(head) AS head FROM reach GROUP BY contact
)
SELECT h.head, h.contact, f.person, f.abroad,
       row_number() OVER (PARTITION BY h.head
                          ORDER BY f.person IS NULL, coalesce(f.last_contact, '') DESC, h.contact) AS keep
FROM contacts_files AS f
CROSS JOIN heads AS h ON h.contact = f.contact; -- contacts first: heads are few, and quickly put in order to be found

-- Each group in a line.
CREATE VIEW contacts_twins AS
WITH ways AS (
    SELECT g.head, max(t.way = 1) AS by_phone, max(t.way = 2) AS by_email, max(t.way = 3) AS by_company
    FROM contacts_groups AS g
    JOIN contacts_ties AS t ON t.contact = g.contact
    GROUP BY g.head
),
owners AS (
    SELECT head, group_concat(name, ', ') AS names, count(*) AS n
    FROM (SELECT DISTINCT g.head, g.person, coalesce(p.name, g.person) AS name
          FROM contacts_groups AS g
          JOIN people_names AS p ON p.person = g.person
          ORDER BY g.head, g.person)
    GROUP BY head
),
dropped AS (
    SELECT head, group_concat(contact, ', ') AS contacts
    FROM (SELECT head, contact FROM contacts_groups WHERE keep > 1 ORDER BY head, contact)
    GROUP BY head
)
SELECT g.head, f.contact, f.name, f.company, f.country, d.contacts AS contact_dropped, o.names AS contact_owners,
       coalesce(o.n, 0) AS owners, count(*) AS contact_twins,
       substr(concat(CASE w.by_phone WHEN 1 THEN t(', telephone') END, CASE w.by_email WHEN 1 THEN t(', e-mail') END,
                     CASE w.by_company WHEN 1 THEN t(', company') END), 3) AS contact_match
FROM contacts_groups AS g
JOIN contacts_groups AS k ON k.head = g.head AND k.keep = 1
JOIN contacts_files AS f ON f.contact = k.contact
JOIN ways AS w ON w.head = g.head
JOIN dropped AS d ON d.head = g.head
LEFT JOIN owners AS o ON o.head = g.head
GROUP BY g.head, f.contact, f.name, f.company, f.country, d.contacts, o.names, o.n, w.by_phone, w.by_email,
         w.by_company;

-- Contacts before and after merging: after = before − duplicates, home (0) and abroad (1) apart.
CREATE VIEW contacts_merging AS
SELECT f.abroad, count(*) AS contacts, count(CASE WHEN g.keep > 1 THEN 1 END) AS contacts_double,
       count(CASE WHEN g.keep IS NULL OR g.keep = 1 THEN 1 END) AS contacts_merged
FROM contacts_files AS f
LEFT JOIN contacts_groups AS g ON g.contact = f.contact
GROUP BY f.abroad;

-- ---- what the whole reads ----

-- Key figures of each scope.
CREATE VIEW contacts_scope_figures AS
SELECT scope, of, 37 AS rank, 'contacts_unowned' AS name, contacts_unowned AS value, NULL AS target, NULL AS before,
       NULL AS series
FROM contacts_totals
WHERE scope <> 'person'
UNION ALL
SELECT scope, of, 37, 'contacts_untouched', contacts_untouched, NULL, NULL, NULL FROM contacts_totals
UNION ALL
SELECT scope, of, 37, 'contact_conversion', contact_conversion, NULL, NULL, NULL
FROM contacts_totals
WHERE contact_conversion IS NOT NULL AND contacts_reached >= 20;

-- The start page's figures: those of the company.
CREATE VIEW contacts_figures AS
SELECT rank, name, value, target, before, series, 'contacts' AS page, NULL AS key
FROM contacts_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences, by scope.
CREATE VIEW contacts_findings AS
SELECT scope, of, 170 AS rank,
       CASE scope
           WHEN 'person' THEN
               concat(t(CASE contacts WHEN 1 THEN '1 contact is looked after' ELSE '{1} contacts are looked after' END, contacts),
                      t(CASE contacts_untouched WHEN 0 THEN ', none of them never contacted.'
                             ELSE ', {1} of them never contacted.' END, contacts_untouched))
           ELSE t(CASE WHEN contacts = 1 THEN '1 contact: {3} without an owner, {4} never contacted.'
                       WHEN foreign_contacts IN (0, contacts)
                       THEN '{1} contacts: {3} without an owner, {4} never contacted.'
                       ELSE '{1} contacts, {2} of them abroad: {3} have no owner, {4} were never contacted.' END,
                  contacts, foreign_contacts, contacts_unowned, contacts_untouched) END AS text
FROM contacts_totals
UNION ALL
SELECT s.scope, s.of, 171,
       CASE s.waiting WHEN 1 THEN t('1 contact abroad wants exclusive and was never answered.')
                      ELSE t('{1} contacts abroad want exclusive and were never answered.', s.waiting) END
FROM contacts_sums AS s
WHERE s.waiting > 0 AND s.abroad = 1
UNION ALL
SELECT s.scope, s.of, 172,
       CASE s.waiting WHEN 1 THEN t('1 contact at home wants exclusive and was never answered.')
                      ELSE t('{1} contacts at home want exclusive and were never answered.', s.waiting) END
FROM contacts_sums AS s
WHERE s.waiting > 0 AND s.abroad = 0
UNION ALL
SELECT scope, of, 173,
       t(CASE contacts_won WHEN 1 THEN 'Of {1} contacted 1 became a dealer ({3}).'
              ELSE 'Of {1} contacted {2} became dealers ({3}).' END,
         contacts_reached, contacts_won, format(contact_conversion, 'percent1'))
FROM contacts_totals
WHERE contacts_reached >= 20;

-- Who wants exclusive and was never answered, five by name, those abroad first, the others in one
-- line; contacts that nobody looks after, in one line; contacts of a person never contacted. Owner:
-- who looks after them, else who would be given them, else who answers for the company.
CREATE VIEW contacts_exceptions AS
WITH waiting AS (
    SELECT w.contact, w.name, w.company, w.country, w.abroad,
           coalesce(w.person, p.person, c.owner) AS owner,
           row_number() OVER (ORDER BY w.abroad DESC, w.contact) AS nth
    FROM contacts_wants AS w
    LEFT JOIN contacts_proposal AS p ON p.contact = w.contact
    LEFT JOIN company_owner AS c
    WHERE w.reached = 0
)
SELECT concat('contacts:waits:', contact) AS id, CASE abroad WHEN 1 THEN 1 ELSE 2 END AS severity, NULL AS cost, owner,
       t('{1}: wants exclusive and was never answered',
         concat(name, CASE WHEN company <> name THEN concat(', ', company) END,
                CASE WHEN abroad = 1 THEN concat(' (', country, ')') END)) AS text,
       'contacts' AS page, NULL AS key, NULL AS since
FROM waiting
WHERE nth <= 5
UNION ALL
SELECT 'contacts:wait', 2, NULL, c.owner,
       t(CASE count(*) WHEN 1 THEN '1 more contact wants exclusive and was never answered'
              ELSE '{1} more contacts want exclusive and were never answered' END, count(*)),
       'contacts', NULL, NULL
FROM waiting AS w
LEFT JOIN company_owner AS c
WHERE w.nth > 5
GROUP BY c.owner
UNION ALL
SELECT 'contacts:unowned', 2, NULL, c.owner,
       t(CASE t.contacts_unowned WHEN 1 THEN '1 contact of {2} has no owner' ELSE '{1} contacts of {2} have no owner' END,
         t.contacts_unowned, t.contacts),
       'contacts', NULL, NULL
FROM contacts_totals AS t
LEFT JOIN company_owner AS c
WHERE t.scope = 'company' AND t.contacts_unowned > 0;

-- How many of a person's contacts were spoken with in 180 days, as it stands today.
CREATE VIEW contacts_measures AS
SELECT of AS person, as_of_month() AS month, 'contacts_in_touch' AS measure, contacts_in_touch AS value
FROM contacts_totals
WHERE scope = 'person';

-- Contacts stand with who looks after them; those who want exclusive on the system's page.
CREATE VIEW contacts_finds AS
SELECT 'contact' AS kind, contact AS id, concat(name, CASE WHEN company <> name THEN concat(', ', company) END) AS name,
       'person' AS page, person AS key
FROM contacts_files
WHERE person IS NOT NULL
UNION ALL
SELECT 'contact', contact, concat(name, CASE WHEN company <> name THEN concat(', ', company) END), 'contacts', ''
FROM contacts_wants
WHERE person IS NULL;

-- Days of contact or states that contradict each other.
CREATE VIEW contacts_checks AS
SELECT 'warning' AS severity, 'contacts' AS tbl, c._row AS row,
       t('contact {1} is new but was contacted on {2}', c.contact, date_text(c.last_contact)) AS text,
       t('write contacted in column state') AS remedy
FROM contacts AS c
WHERE c.state = 'new' AND c.last_contact IS NOT NULL;
