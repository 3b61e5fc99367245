-- What all systems share: names, the tree of regions, who belongs where in which month, the calendar,
-- and revenue by scope. A scope is (scope, of): (company, company), (region, its key), (team, its
-- name), (person, its key).

-- What a key is called where it has no page.
CREATE VIEW names AS
SELECT 'person' AS kind, person AS key, coalesce(name, person) AS name FROM people
UNION ALL
SELECT 'region', region, coalesce(name, region) FROM regions
UNION ALL
SELECT 'customer', customer, coalesce(name, customer) FROM customers
UNION ALL
SELECT 'product', product, coalesce(name, product) FROM products;

-- A region and each region it lies in, itself among them. A cycle of parents ends where it began.
CREATE VIEW regions_within AS
WITH RECURSIVE above(region, within) AS (
    SELECT region, region FROM regions
    UNION
    SELECT a.region, r.parent
    FROM above AS a
    JOIN regions AS r ON r.region = a.within
    WHERE r.parent IS NOT NULL
)
SELECT region, within FROM above;

-- Where a person belongs, by months: as moves.csv says from the month of each move on (a month belongs
-- to the place where it ends), as people.csv says where there is no move before.
CREATE VIEW person_spells AS
WITH places AS (
    SELECT person, '0000-01' AS from_month, '' AS starts, region, team FROM people
    UNION ALL
    SELECT m.person, month(m.starts), m.starts, coalesce(m.region, p.region), coalesce(m.team, p.team)
    FROM moves AS m
    JOIN people AS p ON p.person = m.person
),
last_of_month AS (
    SELECT person, from_month, region, team,
           row_number() OVER (PARTITION BY person, from_month ORDER BY starts DESC) AS nth
    FROM places
)
SELECT person, from_month,
       lead(from_month, 1, '9999-99') OVER (PARTITION BY person ORDER BY from_month) AS before_month,
       region, team
FROM last_of_month
WHERE nth = 1;

-- The scopes to which a person's work counts, from one month up to before another: themselves, their
-- team, each region around theirs.
CREATE VIEW person_scopes AS
SELECT person, from_month, before_month, 'person' AS scope, person AS of FROM person_spells
UNION ALL
SELECT person, from_month, before_month, 'team', team FROM person_spells WHERE team IS NOT NULL
UNION ALL
SELECT s.person, s.from_month, s.before_month, 'region', w.within
FROM person_spells AS s
JOIN regions_within AS w ON w.region = s.region;

-- Working days of each month, of 36 months back and 24 ahead, and those gone at the as-of date.
CREATE VIEW calendar AS
SELECT month, month_first(month) AS first, month_last(month) AS last,
       working_days(month_first(month), month_last(month)) AS working_days,
       CASE WHEN month > as_of_month() THEN 0
            ELSE working_days(month_first(month), min(month_last(month), as_of())) END AS gone,
       fiscal_quarter(month) AS quarter, fiscal_year(month) AS year
FROM months(add_months(as_of_month(), -36), add_months(as_of_month(), 24));

-- Revenue by scope and month; up_to_day is the part up to the as-of date's day of the month. The company
-- and a region take each order once, by its customer's region, else its person's; a team and a person
-- take their shares of it (credits.csv). Money.
CREATE VIEW revenue_by_month AS
SELECT 'company' AS scope, 'company' AS of, month, sum(amount) AS revenue,
       sum(CASE WHEN to_date THEN amount ELSE 0 END) AS up_to_day,
       sum(quantity) AS quantity, sum(lines) AS lines, sum(orders) AS orders,
       sum(CASE WHEN to_date THEN orders ELSE 0 END) AS orders_up_to_day
FROM sales_by_region_month
GROUP BY month
UNION ALL
SELECT 'region', w.within, s.month, sum(s.amount), sum(CASE WHEN s.to_date THEN s.amount ELSE 0 END),
       sum(s.quantity), sum(s.lines), sum(s.orders), sum(CASE WHEN s.to_date THEN s.orders ELSE 0 END)
FROM sales_by_region_month AS s
JOIN regions_within AS w ON w.region = s.region
GROUP BY w.within, s.month
UNION ALL
SELECT p.scope, p.of, s.month, sum(s.amount), sum(CASE WHEN s.to_date THEN s.amount ELSE 0 END),
       sum(s.quantity), sum(s.lines), sum(s.orders), sum(CASE WHEN s.to_date THEN s.orders ELSE 0 END)
FROM sales_by_person_month AS s
JOIN person_scopes AS p ON p.person = s.person AND s.month >= p.from_month AND s.month < p.before_month
WHERE p.scope IN ('team', 'person')
GROUP BY p.scope, p.of, s.month;

-- The first month that has order lines: before it revenue is unknown, after it a month without is 0.
CREATE VIEW first_month_of_sales AS
SELECT min(month) AS month FROM sales_by_region_month;

-- The day from which a customer is one, and whose they were then: customers.csv since, with owner; else
-- the first order, with its person. Without `since` nobody is known to be new in the first month of
-- sales. A customer who has not bought, or only will, is left out.
CREATE VIEW customers_won AS
WITH first_orders AS (
    SELECT customer, person, min_date,
           row_number() OVER (PARTITION BY customer ORDER BY min_date, person) AS nth
    FROM sales_first
    WHERE customer IS NOT NULL
),
beginnings AS (
    SELECT c.customer, coalesce(c.since, f.min_date) AS won_on, c.since,
           coalesce(CASE WHEN c.since IS NOT NULL THEN c.owner END, f.person, c.owner) AS person,
           coalesce(c.region, p.region) AS region
    FROM customers AS c
    LEFT JOIN first_orders AS f ON f.customer = c.customer AND f.nth = 1
    LEFT JOIN people AS p ON p.person = f.person
)
SELECT b.customer, b.won_on, month(b.won_on) AS month, b.person, b.region
FROM beginnings AS b, first_month_of_sales AS s
WHERE b.won_on <= as_of() AND (b.since IS NOT NULL OR month(b.won_on) > s.month);

-- New customers by scope and month: company and region by the customer's region, team and person by whose
-- they were. up_to_day: won up to the as-of date's day of the month. Count of customers_won.
CREATE VIEW new_customers_by_month AS
WITH won AS (
    SELECT month, person, region,
           CASE WHEN substr(won_on, 9) <= substr(as_of(), 9) THEN 1 ELSE 0 END AS in_time
    FROM customers_won
)
SELECT 'company' AS scope, 'company' AS of, month, count(*) AS customers, sum(in_time) AS up_to_day
FROM won
GROUP BY month
UNION ALL
SELECT 'region', w.within, n.month, count(*), sum(n.in_time)
FROM won AS n
JOIN regions_within AS w ON w.region = n.region
GROUP BY w.within, n.month
UNION ALL
SELECT p.scope, p.of, n.month, count(*), sum(n.in_time)
FROM won AS n
JOIN person_scopes AS p ON p.person = n.person AND n.month >= p.from_month AND n.month < p.before_month
WHERE p.scope IN ('team', 'person')
GROUP BY p.scope, p.of, n.month;

-- Who answers for a region: the person to whom most of the people within it report; where it has no people, who answers for the
-- nearest region around it. Ties go to the first key.
CREATE VIEW region_owners AS
WITH reports AS (
    SELECT w.within AS region, p.manager, count(*) AS people
    FROM people AS p
    JOIN regions_within AS w ON w.region = p.region
    WHERE p.manager IS NOT NULL AND (p.left IS NULL OR p.left > as_of())
    GROUP BY w.within, p.manager
),
chosen AS (
    SELECT region, manager, row_number() OVER (PARTITION BY region ORDER BY people DESC, manager) AS nth
    FROM reports
),
-- The more people a region holds, the higher it stands: the nearest is the one that holds fewest others.
heights AS (
    SELECT within, count(*) AS height FROM regions_within GROUP BY within
),
candidates AS (
    SELECT w.region, c.manager,
           row_number() OVER (PARTITION BY w.region ORDER BY h.height, w.within) AS nth
    FROM regions_within AS w
    JOIN heights AS h ON h.within = w.within
    JOIN chosen AS c ON c.region = w.within AND c.nth = 1
)
SELECT region, manager AS owner FROM candidates WHERE nth = 1;

-- Who answers for the company: the person to whom most of the others report, directly or over others.
CREATE VIEW company_owner AS
WITH RECURSIVE above(person, manager) AS (
    SELECT person, manager FROM people WHERE manager IS NOT NULL AND (left IS NULL OR left > as_of())
    UNION
    SELECT a.person, p.manager
    FROM above AS a
    JOIN people AS p ON p.person = a.manager
    WHERE p.manager IS NOT NULL
)
SELECT manager AS owner, count(*) AS people FROM above GROUP BY manager ORDER BY people DESC, manager LIMIT 1;
