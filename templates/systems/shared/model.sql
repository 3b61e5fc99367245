-- What all systems share: names, the tree of regions, who belongs where in which month, the
-- calendar, and revenue by scope. A scope is (scope, of): (company, company), (region, its key),
-- (team, its name), (person, its key).

-- What a person is called: by name, namesakes with their region, and with their key where that is
-- the same too.
CREATE VIEW people_names AS
WITH called AS (
    SELECT p.person, coalesce(p.name, p.person) AS name, coalesce(r.name, p.region) AS region
    FROM people AS p
    LEFT JOIN regions AS r ON r.region = p.region
),
counted AS (
    SELECT person, name, region, count(*) OVER (PARTITION BY name) AS namesakes,
           count(*) OVER (PARTITION BY name, region) AS twins
    FROM called
)
SELECT person, CASE WHEN namesakes = 1 THEN name
                    ELSE concat(name, ' (', CASE WHEN twins = 1 AND region IS NOT NULL THEN region ELSE person END, ')')
               END AS name
FROM counted;

-- What a key is called where it has no page.
CREATE VIEW names AS
SELECT 'person' AS kind, person AS key, name FROM people_names
UNION ALL
SELECT 'region', region, coalesce(name, region) FROM regions
UNION ALL
SELECT 'customer', customer, coalesce(name, customer) FROM customers
UNION ALL
SELECT 'product', product, coalesce(name, product) FROM products
UNION ALL
SELECT 'stage', stage, coalesce(name, stage) FROM stages
UNION ALL
SELECT 'deal', deal, coalesce(name, deal) FROM deals
UNION ALL
SELECT 'placement', placement, coalesce(name, placement) FROM placements
UNION ALL
SELECT 'dealer', d.dealer, coalesce(max(d.name), max(c.name), d.dealer)
FROM dealers AS d
LEFT JOIN customers AS c ON c.customer = d.customer
GROUP BY d.dealer
UNION ALL
SELECT 'contact', contact, coalesce(name, company, contact) FROM contacts
UNION ALL
SELECT 'form', form, coalesce(name, form) FROM forms
UNION ALL
SELECT 'scope', column1, column2
FROM (VALUES ('company', t('Company')), ('region', t('Region')), ('team', t('Team')), ('person', t('Person')))
UNION ALL
SELECT 'kind', kind, concat(upper(substr(kind, 1, 1)), replace(substr(kind, 2), '_', ' '))
FROM (SELECT kind FROM targets UNION SELECT kind FROM results);

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

-- Regions with what they lie in, for sorting: a region stands behind the one around it.
CREATE VIEW regions_paths AS
WITH RECURSIVE paths(region, path, depth) AS (
    SELECT region, concat(coalesce(name, region), char(30), region), 0 FROM regions WHERE parent IS NULL
    UNION ALL
    SELECT r.region, concat(p.path, char(31), coalesce(r.name, r.region), char(30), r.region), p.depth + 1
    FROM regions AS r
    JOIN paths AS p ON p.region = r.parent
    WHERE p.depth < 20
)
SELECT region, path, depth FROM paths;

-- Regions that have a page: all but the counties to which nothing of the department belongs; of
-- these there may be hundreds.
CREATE VIEW region_pages AS
WITH used AS (
    SELECT region FROM customers
    UNION
    SELECT region FROM people
    UNION
    SELECT region FROM moves
    UNION
    SELECT region FROM dealers
    UNION
    SELECT region FROM contacts WHERE owner IS NOT NULL
    UNION
    SELECT parent FROM regions
    UNION
    SELECT of FROM targets WHERE scope = 'region'
)
SELECT r.region
FROM regions AS r
LEFT JOIN used AS u ON u.region = r.region
WHERE r.level IS NOT 'county' OR u.region IS NOT NULL;

-- Where a person belongs, by months: as moves.csv says from the month of each move on (a month
-- belongs to the place where it ends), as people.csv says where there is no move before.
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

-- The scopes to which a person's work counts, from one month up to before another: themselves,
-- their team, each region around theirs.
CREATE VIEW person_scopes AS
SELECT person, from_month, before_month, 'person' AS scope, person AS of FROM person_spells
UNION ALL
SELECT person, from_month, before_month, 'team', team FROM person_spells WHERE team IS NOT NULL
UNION ALL
SELECT s.person, s.from_month, s.before_month, 'region', w.within
FROM person_spells AS s
JOIN regions_within AS w ON w.region = s.region;

-- Working days of each month, of 36 months back and 24 ahead, those gone at the as-of date, and the last
-- one, on which the month closes.
CREATE VIEW calendar AS
SELECT month, month_first(month) AS first, month_last(month) AS last,
       working_days(month_first(month), month_last(month)) AS working_days,
       CASE WHEN month > as_of_month() THEN 0
            ELSE working_days(month_first(month), min(month_last(month), as_of())) END AS gone,
       (SELECT max(d.day) FROM days(month_first(month), month_last(month)) AS d WHERE is_working_day(d.day)) AS closes,
       fiscal_quarter(month) AS quarter, fiscal_year(month) AS year
FROM months(add_months(as_of_month(), -36), add_months(as_of_month(), 24));

-- Revenue by scope and month; up_to_day is the part up to the as-of date's day of the month. orders:
-- order numbers with a line above 0; a return with a number of its own is none. The
-- company and a region take each order once, by its customer's region, else its person's; a team
-- and a person take their shares of it (credits.csv). Money.
CREATE VIEW revenue_by_month AS
WITH by_region AS MATERIALIZED (
    SELECT s.month, s.to_date, s.region, s.amount, s.quantity, s.lines, coalesce(o.orders, 0) AS orders
    FROM sales_by_region_month AS s
    LEFT JOIN orders_by_region_month AS o ON o.region IS s.region AND o.month = s.month AND o.to_date = s.to_date
),
by_person AS MATERIALIZED (
    SELECT s.month, s.to_date, s.person, s.amount, s.quantity, s.lines, coalesce(o.orders, 0) AS orders
    FROM sales_by_person_month AS s
    LEFT JOIN orders_by_person_month AS o ON o.person = s.person AND o.month = s.month AND o.to_date = s.to_date
)
SELECT 'company' AS scope, 'company' AS of, month, sum(amount) AS revenue,
       sum(CASE WHEN to_date THEN amount ELSE 0 END) AS up_to_day,
       sum(quantity) AS quantity, sum(lines) AS lines, sum(orders) AS orders,
       sum(CASE WHEN to_date THEN orders ELSE 0 END) AS orders_up_to_day
FROM by_region
GROUP BY month
UNION ALL
SELECT 'region', w.within, s.month, sum(s.amount), sum(CASE WHEN s.to_date THEN s.amount ELSE 0 END),
       sum(s.quantity), sum(s.lines), sum(s.orders), sum(CASE WHEN s.to_date THEN s.orders ELSE 0 END)
FROM by_region AS s
JOIN regions_within AS w ON w.region = s.region
GROUP BY w.within, s.month
UNION ALL
SELECT p.scope, p.of, s.month, sum(s.amount), sum(CASE WHEN s.to_date THEN s.amount ELSE 0 END),
       sum(s.quantity), sum(s.lines), sum(s.orders), sum(CASE WHEN s.to_date THEN s.orders ELSE 0 END)
FROM by_person AS s
JOIN person_scopes AS p ON p.person = s.person AND s.month >= p.from_month AND s.month < p.before_month
WHERE p.scope IN ('team', 'person')
GROUP BY p.scope, p.of, s.month;

-- Present systems, and which have a page of their own, a part of the page of a person, of reports: what the
-- contract's views give of the others stands in pages/system.md, person.md and report.md of shared.
CREATE VIEW systems_shown AS
SELECT system, title, category, seq,
       concat(' ', parts, ' ') LIKE '% page %' AS has_page,
       concat(' ', parts, ' ') LIKE '% person %' AS has_person,
       concat(' ', parts, ' ') LIKE '% report %' AS has_report
FROM data_systems
WHERE present AND system NOT IN ('shared', 'data');

-- The first month that has order lines: before it revenue is unknown, after it a month without is
-- 0.
CREATE VIEW first_month_of_sales AS
SELECT min(month) AS month FROM sales_by_region_month;

-- The day from which a customer is one, and whose they were then: customers.csv since, with owner;
-- else the first order (a return is none), with who looks after the customer, else the order's person. Without `since`
-- nobody is known to be new in the first month of sales. A customer who has not bought, or only
-- will, is left out.
CREATE VIEW customers_won AS
WITH beginnings AS (
    SELECT c.customer, coalesce(c.since, f.min_date) AS won_on, c.since,
           coalesce(f.owner, c.owner) AS person,
           coalesce(c.region, p.region) AS region
    FROM customers AS c
    -- A customer with an owner stands once in sales_first; one without once for each person, of whom the first counts.
    LEFT JOIN sales_first AS f
           ON f.customer = c.customer
          AND (c.owner IS NOT NULL
               OR NOT EXISTS (SELECT 1 FROM sales_first AS e
                              WHERE e.customer = f.customer
                                AND (e.min_date, coalesce(e.owner, '')) < (f.min_date, coalesce(f.owner, ''))))
    LEFT JOIN people AS p ON p.person = f.owner
)
SELECT b.customer, b.won_on, month(b.won_on) AS month, b.person, b.region
FROM beginnings AS b, first_month_of_sales AS s
WHERE b.won_on <= as_of() AND (b.since IS NOT NULL OR month(b.won_on) > s.month);

-- New customers by scope and month: company and region by the customer's region, team and person by
-- whose they were. up_to_day: won up to the as-of date's day of the month. Count of customers_won.
CREATE VIEW new_customers_by_month AS
WITH won AS MATERIALIZED ( -- counted once, before each is joined to all scopes that it is in
    SELECT month, person, region, count(*) AS customers, sum(substr(won_on, 9) <= substr(as_of(), 9)) AS in_time
    FROM customers_won
    GROUP BY month, person, region
)
SELECT 'company' AS scope, 'company' AS of, month, sum(customers) AS customers, sum(in_time) AS up_to_day
FROM won
GROUP BY month
UNION ALL
SELECT 'region', w.within, n.month, sum(n.customers), sum(n.in_time)
FROM won AS n
JOIN regions_within AS w ON w.region = n.region
GROUP BY w.within, n.month
UNION ALL
SELECT p.scope, p.of, n.month, sum(n.customers), sum(n.in_time)
FROM won AS n
JOIN person_scopes AS p ON p.person = n.person AND n.month >= p.from_month AND n.month < p.before_month
WHERE p.scope IN ('team', 'person')
GROUP BY p.scope, p.of, n.month;

-- Who answers for a region: the person to whom most of the people within it report; where it has no
-- people, who answers for the nearest region around it. Ties go to the first key.
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
-- The more people a region holds, the higher it stands: the nearest is the one that holds fewest
-- others.
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

-- The same day of the year before; of 29 February the 28th.
CREATE VIEW day_year_ago AS
SELECT min(concat(add_months(as_of_month(), -12), substr(as_of(), 8)), month_last(add_months(as_of_month(), -12))) AS day;

-- Who answers for the company: the person to whom most of the others report, directly or over
-- others.
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

-- Who acts for a person today: themselves; for somebody who has left or whose first day is still to come
-- their manager, if present, else who answers for their region, else for the company. present: 1 while they
-- are here.
CREATE VIEW acting_owners AS
WITH here AS (
    SELECT person, (hired IS NULL OR hired <= as_of()) AND (left IS NULL OR left > as_of()) AS present FROM people
)
SELECT p.person, h.present,
       CASE WHEN h.present THEN p.person WHEN m.present THEN m.person ELSE coalesce(r.owner, c.owner) END AS owner
FROM people AS p
JOIN here AS h ON h.person = p.person
LEFT JOIN here AS m ON m.person = p.manager
LEFT JOIN region_owners AS r ON r.region = p.region
LEFT JOIN company_owner AS c;

-- The regions by which the department is led: those that have a target; without any, where people
-- work; without people, where orders come from. A region around all of these is the company over
-- again and left out.
CREATE VIEW region_areas AS
WITH aims AS (
    SELECT DISTINCT r.region FROM regions AS r JOIN targets AS t ON t.scope = 'region' AND t.of = r.region
),
places AS (
    SELECT DISTINCT region FROM person_spells WHERE region IS NOT NULL
),
used AS (
    SELECT region FROM aims
    UNION
    SELECT region FROM places WHERE NOT EXISTS (SELECT 1 FROM aims)
    UNION
    SELECT region FROM sales_by_region_month
    WHERE region IS NOT NULL AND NOT EXISTS (SELECT 1 FROM aims) AND NOT EXISTS (SELECT 1 FROM places)
),
around AS (
    SELECT w.within AS region, count(*) AS holds
    FROM used AS u
    JOIN regions_within AS w ON w.region = u.region
    GROUP BY w.within
)
SELECT u.region
FROM used AS u
JOIN around AS a ON a.region = u.region
WHERE a.holds < (SELECT count(*) FROM used) OR (SELECT count(*) FROM used) = 1;

-- Customers by what they bought in the last 12 months (this month so far and the 11 before) and in
-- the 12 months before those, by person: who looks after them, else whose orders they were. Money.
-- last_order: of the 24 months; bought_12, bought_before_12: 1 with an order in those. A return is none.
CREATE VIEW customer_revenue AS
SELECT b.customer, b.owner AS person, coalesce(c.region, p.region) AS region,
       coalesce(a.amount, 0) AS revenue_12,
       b.amount - coalesce(a.amount, 0) AS revenue_before_12, o.max_date AS last_order,
       CASE WHEN o.max_date >= month_first(add_months(as_of_month(), -11)) THEN 1 ELSE 0 END AS bought_12,
       CASE WHEN o.min_date < month_first(add_months(as_of_month(), -11)) THEN 1 ELSE 0 END AS bought_before_12
FROM sales_customer_24 AS b
LEFT JOIN sales_customer_12 AS a ON a.customer = b.customer AND +a.owner IS b.owner -- found by customer, not by owner
LEFT JOIN sales_bought AS o ON o.customer = b.customer AND +o.owner IS b.owner
LEFT JOIN customers AS c ON c.customer = b.customer
LEFT JOIN people AS p ON p.person = b.owner
WHERE b.customer IS NOT NULL;

-- Products by what was sold of them in the last 12 months (this month so far and the 11 before) and
-- in the 12 months before those. Money.
CREATE VIEW product_revenue AS
SELECT b.product, p.line, p.brand, coalesce(a.amount, 0) AS revenue_12,
       b.amount - coalesce(a.amount, 0) AS revenue_before_12
FROM sales_product_24 AS b
LEFT JOIN sales_product_12 AS a ON a.product = b.product
LEFT JOIN products AS p ON p.product = b.product
WHERE b.product IS NOT NULL;

-- The days that reports speak of: the last working day before the as-of date, and the week around it,
-- Monday to Sunday.
CREATE VIEW report_days AS
SELECT as_of() AS today,
       (SELECT max(d.day) FROM days(add_days(as_of(), -28), add_days(as_of(), -1)) AS d WHERE is_working_day(d.day)) AS yesterday,
       add_days(as_of(), 1 - weekday(as_of())) AS week_first, add_days(as_of(), 7 - weekday(as_of())) AS week_last;

-- Revenue from the last working day to the day before the as-of date, so that a weekend's is not lost;
-- of the week so far; and of the same days of the week before. Company, and each person by their
-- shares. Money; no row for who sold nothing since.
CREATE VIEW revenue_days AS
WITH scoped AS (
    SELECT 'company' AS scope, 'company' AS of, date, amount FROM sales_by_day
    UNION ALL
    SELECT 'person', person, date, amount FROM sales_by_day_person WHERE person IS NOT NULL
)
SELECT s.scope, s.of, sum(CASE WHEN s.date >= d.yesterday AND s.date < d.today THEN s.amount ELSE 0 END) AS revenue_yesterday,
       sum(CASE WHEN s.date >= d.week_first THEN s.amount ELSE 0 END) AS revenue_week,
       sum(CASE WHEN s.date >= add_days(d.week_first, -7) AND s.date <= add_days(d.today, -7) THEN s.amount ELSE 0 END)
           AS week_before
FROM report_days AS d
JOIN scoped AS s ON s.date >= min(d.yesterday, add_days(d.week_first, -7))
GROUP BY s.scope, s.of;

-- What the search finds besides pages: the 2,000 largest customers, who stand with whoever looks
-- after them, and the products of the list.
CREATE VIEW shared_finds AS
WITH buyers AS (
    SELECT customer, max(person) AS person, sum(revenue_12 + revenue_before_12) AS revenue
    FROM customer_revenue
    GROUP BY customer
    ORDER BY sum(revenue_12 + revenue_before_12) DESC, customer
    LIMIT 2000
),
goods AS (
    SELECT product FROM product_revenue ORDER BY revenue_12 DESC, product LIMIT 500
)
SELECT 'customer' AS kind, b.customer AS id, coalesce(c.name, b.customer) AS name,
       CASE WHEN b.person IS NULL THEN 'clients' ELSE 'person' END AS page, coalesce(b.person, '') AS key
FROM buyers AS b
LEFT JOIN customers AS c ON c.customer = b.customer
UNION ALL
SELECT 'product', g.product, coalesce(p.name, g.product), 'goods', ''
FROM goods AS g
LEFT JOIN products AS p ON p.product = g.product;

-- Customers who have a page: tier A; in a book without tiers the 50 who bought most in the last 12
-- months.
CREATE VIEW customer_pages AS
WITH bought AS (
    SELECT customer, sum(revenue_12) AS revenue
    FROM customer_revenue
    WHERE NOT EXISTS (SELECT 1 FROM customers WHERE tier IS NOT NULL) -- here, so that nobody is ranked for nothing
    GROUP BY customer
),
ranked AS (
    SELECT customer, revenue, row_number() OVER (ORDER BY revenue DESC, customer) AS nth FROM bought
)
SELECT customer FROM customers WHERE tier = 'A'
UNION ALL
SELECT customer FROM ranked
WHERE nth <= 50 AND revenue > 0;

-- Products that have a page: the 200 that sold for most in the last 12 months, in a book with fewer
-- all.
CREATE VIEW product_pages AS
SELECT p.product
FROM products AS p
LEFT JOIN product_revenue AS r ON r.product = p.product
ORDER BY coalesce(r.revenue_12, 0) DESC, p.product
LIMIT 200;

-- Revenue of the fiscal year so far by product line, with the same period of the year before;
-- company and regions. Money.
CREATE VIEW revenue_by_line AS
WITH cells AS (
    SELECT s.region, coalesce(s.line, t('without a line')) AS line, s.amount, s.quantity,
           CASE WHEN s.month >= month(period_first(fiscal_year(as_of_month()))) AND s.month <= as_of_month() THEN 1
                WHEN s.month >= month(period_first(fiscal_year(add_months(as_of_month(), -12))))
                     AND (s.month < add_months(as_of_month(), -12)
                          OR (s.month = add_months(as_of_month(), -12) AND s.to_date)) THEN 0 END AS this_year
    FROM sales_by_region_line_month AS s
),
sums AS MATERIALIZED ( -- of the months, before each is joined to all regions that it is in
    SELECT region, line, sum(CASE WHEN this_year = 1 THEN amount ELSE 0 END) AS revenue,
           sum(CASE WHEN this_year = 1 THEN quantity ELSE 0 END) AS quantity,
           sum(CASE WHEN this_year = 0 THEN amount ELSE 0 END) AS before
    FROM cells
    WHERE this_year IS NOT NULL
    GROUP BY region, line
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, line, revenue, quantity, before FROM sums
    UNION ALL
    SELECT 'region', w.within, s.line, s.revenue, s.quantity, s.before
    FROM sums AS s
    JOIN regions_within AS w ON w.region = s.region
)
SELECT scope, of, line, sum(revenue) AS revenue, sum(quantity) AS quantity, sum(before) AS before
FROM scoped
GROUP BY scope, of, line;

-- The fiscal quarter and the fiscal year of the as-of date, which their reports speak of: first and last
-- month; over: 1 where no working day of it is left; subject and span: what it is called at the beginning of a
-- sentence, and in one.
CREATE VIEW report_periods AS
WITH grains AS (
    SELECT 'quarter' AS grain, fiscal_quarter(as_of_month()) AS period
    UNION ALL
    SELECT 'year', fiscal_year(as_of_month())
),
months AS (
    SELECT g.grain, g.period, min(c.month) AS first, max(c.month) AS last,
           CASE WHEN sum(c.working_days) = sum(c.gone) THEN 1 ELSE 0 END AS over
    FROM grains AS g
    JOIN calendar AS c ON CASE g.grain WHEN 'quarter' THEN c.quarter ELSE c.year END = g.period
    GROUP BY g.grain, g.period
)
SELECT grain, period, first, last, over,
       CASE grain WHEN 'quarter' THEN t('The quarter') ELSE t('The year') END AS subject,
       CASE WHEN grain = 'quarter' AND over = 1 THEN t('the quarter') WHEN grain = 'quarter' THEN t('the quarter so far')
            WHEN over = 1 THEN t('the year') ELSE t('the year so far') END AS span,
       t(CASE over WHEN 1 THEN '{1} to {2}' ELSE '{1} to {2}, so far' END, month_text(first), month_text(last)) AS title
FROM months;

-- Revenue and orders of this month, this fiscal quarter and this fiscal year so far, with the same period of the year
-- before, by scope. before: NULL where it began before the first month of sales, and for people and
-- teams that had none. Money.
CREATE VIEW revenue_so_far AS
WITH spans AS (
    SELECT 'month' AS span, as_of_month() AS first
    UNION ALL
    SELECT 'quarter', month(period_first(fiscal_quarter(as_of_month())))
    UNION ALL
    SELECT 'year', month(period_first(fiscal_year(as_of_month())))
),
now AS (
    SELECT r.scope, r.of, s.span, sum(r.revenue) AS revenue, sum(r.orders) AS orders
    FROM spans AS s
    JOIN revenue_by_month AS r ON r.month >= s.first AND r.month <= as_of_month()
    GROUP BY r.scope, r.of, s.span
),
earlier AS (
    SELECT r.scope, r.of, s.span,
           sum(CASE WHEN r.month = add_months(as_of_month(), -12)
                    THEN r.up_to_day ELSE r.revenue END) AS revenue,
           sum(CASE WHEN r.month = add_months(as_of_month(), -12)
                    THEN r.orders_up_to_day ELSE r.orders END) AS orders
    FROM spans AS s
    JOIN revenue_by_month AS r
      ON r.month >= add_months(s.first, -12) AND r.month <= add_months(as_of_month(), -12)
    GROUP BY r.scope, r.of, s.span
)
SELECT n.scope, n.of, n.span, n.revenue, n.orders,
       CASE WHEN add_months(s.first, -12) >= f.month
            THEN coalesce(e.revenue, CASE WHEN n.scope IN ('company', 'region') THEN 0 END) END AS before,
       CASE WHEN add_months(s.first, -12) >= f.month
            THEN coalesce(e.orders, CASE WHEN n.scope IN ('company', 'region') THEN 0 END) END AS orders_before
FROM now AS n
JOIN spans AS s ON s.span = n.span
JOIN first_month_of_sales AS f
LEFT JOIN earlier AS e ON e.scope = n.scope AND e.of = n.of AND e.span = n.span;

-- Key figures that need nothing but order lines; other systems give better ones of the same name.
CREATE VIEW shared_scope_figures AS
WITH trend AS (
    SELECT scope, of, series(month, revenue) AS revenue, series(month, orders) AS orders
    FROM revenue_by_month
    WHERE month > add_months(as_of_month(), -13) AND month <= as_of_month()
    GROUP BY scope, of
),
buyers AS (
    SELECT 'company' AS scope, 'company' AS of,
           count(DISTINCT CASE WHEN bought_12 = 1 THEN customer END) AS now,
           count(DISTINCT CASE WHEN bought_before_12 = 1 THEN customer END) AS before
    FROM customer_revenue
    UNION ALL
    SELECT 'region', w.within, count(DISTINCT CASE WHEN c.bought_12 = 1 THEN c.customer END),
           count(DISTINCT CASE WHEN c.bought_before_12 = 1 THEN c.customer END)
    FROM customer_revenue AS c
    JOIN regions_within AS w ON w.region = c.region
    GROUP BY w.within
    UNION ALL
    SELECT 'person', person, count(CASE WHEN bought_12 = 1 THEN 1 END),
           count(CASE WHEN bought_before_12 = 1 THEN 1 END)
    FROM customer_revenue
    WHERE person IS NOT NULL
    GROUP BY person
),
won AS (
    SELECT n.scope, n.of,
           sum(CASE WHEN fiscal_year(n.month) = fiscal_year(as_of_month()) THEN n.customers ELSE 0 END) AS now,
           sum(CASE WHEN n.month = add_months(as_of_month(), -12) THEN n.up_to_day
                    WHEN n.month < add_months(as_of_month(), -12)
                         AND fiscal_year(n.month) = fiscal_year(add_months(as_of_month(), -12))
                    THEN n.customers ELSE 0 END) AS before
    FROM new_customers_by_month AS n
    GROUP BY n.scope, n.of
)
SELECT s.scope, s.of, 51 AS rank, 'revenue_month' AS name, s.revenue AS value, NULL AS target,
       s.before AS before, t.revenue AS series, NULL AS label
FROM revenue_so_far AS s
LEFT JOIN trend AS t ON t.scope = s.scope AND t.of = s.of
WHERE s.span = 'month'
UNION ALL
SELECT s.scope, s.of, 52, 'revenue_year', s.revenue, NULL, s.before, t.revenue, NULL
FROM revenue_so_far AS s
LEFT JOIN trend AS t ON t.scope = s.scope AND t.of = s.of
WHERE s.span = 'year'
UNION ALL
SELECT s.scope, s.of, 53, 'orders_year', s.orders, NULL, s.orders_before, t.orders, NULL
FROM revenue_so_far AS s
LEFT JOIN trend AS t ON t.scope = s.scope AND t.of = s.of
WHERE s.span = 'year'
UNION ALL
SELECT b.scope, b.of, 54, 'active_customers', b.now, NULL, nullif(b.before, 0), NULL,
       t('Buying customers, 12 months')
FROM buyers AS b
WHERE b.now > 0
UNION ALL
-- Where order lines do not begin before the year before, or the person was not here, nobody knows who was new.
SELECT w.scope, w.of, 55, 'new_customers', w.now, NULL,
       CASE WHEN f.month < add_months(month(period_first(fiscal_year(as_of_month()))), -12)
             AND (h.hired IS NULL OR month(h.hired) <= add_months(as_of_month(), -12)) THEN w.before END, NULL,
       t('New customers this year')
FROM won AS w
JOIN first_month_of_sales AS f
LEFT JOIN people AS h ON w.scope = 'person' AND h.person = w.of
WHERE w.now > 0;

-- Of the quarter and the year so far: revenue, orders and new customers, with the same period of the year before.
-- before of new customers: NULL unless order lines begin before it, for nobody is known to be new in their first month.
CREATE VIEW shared_period_figures AS
WITH trend AS (
    SELECT scope, of, series(month, revenue) AS revenue, series(month, orders) AS orders
    FROM revenue_by_month
    WHERE scope IN ('company', 'region') AND month > add_months(as_of_month(), -13) AND month <= as_of_month()
    GROUP BY scope, of
),
won AS (
    SELECT n.scope, n.of, p.grain, sum(CASE WHEN n.month >= p.first THEN n.customers ELSE 0 END) AS now,
           CASE WHEN add_months(p.first, -12) > (SELECT month FROM first_month_of_sales)
                THEN sum(CASE WHEN n.month = add_months(as_of_month(), -12) THEN n.up_to_day
                              WHEN n.month < add_months(as_of_month(), -12) THEN n.customers ELSE 0 END) END AS before
    FROM report_periods AS p
    JOIN new_customers_by_month AS n
      ON n.month BETWEEN p.first AND as_of_month()
         OR n.month BETWEEN add_months(p.first, -12) AND add_months(as_of_month(), -12)
    WHERE n.scope IN ('company', 'region')
    GROUP BY n.scope, n.of, p.grain
)
SELECT s.scope, s.of, s.span AS grain, 51 AS rank,
       CASE s.span WHEN 'quarter' THEN 'revenue_quarter' ELSE 'revenue_year' END AS name, s.revenue AS value,
       NULL AS target, s.before AS before, t.revenue AS series
FROM revenue_so_far AS s
LEFT JOIN trend AS t ON t.scope = s.scope AND t.of = s.of
WHERE s.span IN ('quarter', 'year') AND s.scope IN ('company', 'region')
UNION ALL
SELECT s.scope, s.of, s.span, 53, CASE s.span WHEN 'quarter' THEN 'orders_quarter' ELSE 'orders_year' END, s.orders,
       NULL, s.orders_before, t.orders
FROM revenue_so_far AS s
LEFT JOIN trend AS t ON t.scope = s.scope AND t.of = s.of
WHERE s.span IN ('quarter', 'year') AND s.scope IN ('company', 'region')
UNION ALL
SELECT scope, of, grain, 55, 'new_customers', now, NULL, before, NULL FROM won WHERE now > 0 OR before > 0;

-- What the quarter and the year brought so far, beside the same period of the year before.
CREATE VIEW shared_period_findings AS
SELECT s.scope, s.of, s.span AS grain, 1 AS rank,
       concat(t(CASE p.over WHEN 1 THEN '{1} closed at {2}' ELSE '{1} stands at {2}' END, p.subject, short_money(s.revenue)),
              CASE WHEN s.before > 0
                   THEN t(CASE WHEN abs(s.revenue - s.before) < 0.0005 * s.before
                               THEN ', as much as in the same period of last year'
                               WHEN s.revenue < s.before THEN ', {1} less than in the same period of last year'
                               ELSE ', {1} more than in the same period of last year' END,
                          format(ratio(abs(s.revenue - s.before), s.before), 'percent1')) END, '.') AS text
FROM revenue_so_far AS s
JOIN report_periods AS p ON p.grain = s.span
WHERE s.scope IN ('company', 'region');

-- The start page's figures: those of the company.
CREATE VIEW shared_figures AS
SELECT rank, name, value, target, before, series, NULL AS page, NULL AS key
FROM shared_scope_figures
WHERE scope = 'company';

-- Persons' parts against the whole: what a region's own people brought (shared orders by their
-- shares), wherever the customer lies, beside what its customers bought (each order once); of the
-- fiscal year so far. For the company both are the same but for orders without a person. Money.
CREATE VIEW revenue_reconciled AS
WITH by_people AS (
    SELECT 'company' AS scope, 'company' AS of, s.month, sum(s.amount) AS amount
    FROM sales_by_person_month AS s
    WHERE s.person IS NOT NULL
    GROUP BY s.month
    UNION ALL
    SELECT 'region', p.of, s.month, sum(s.amount)
    FROM sales_by_person_month AS s
    JOIN person_scopes AS p ON p.person = s.person AND s.month >= p.from_month AND s.month < p.before_month
    WHERE p.scope = 'region'
    GROUP BY p.of, s.month
),
sums AS (
    SELECT scope, of, sum(amount) AS amount
    FROM by_people
    WHERE fiscal_year(month) = fiscal_year(as_of_month()) AND month <= as_of_month()
    GROUP BY scope, of
)
SELECT r.scope, r.of, r.revenue, coalesce(p.amount, 0) AS own_people,
       coalesce(p.amount, 0) - r.revenue AS difference
FROM revenue_so_far AS r
LEFT JOIN sums AS p ON p.scope = r.scope AND p.of = r.of
WHERE r.span = 'year' AND r.scope IN ('company', 'region');

-- Shares of an order or deal that do not make 100 %, and parents or managers in a circle.
CREATE VIEW shared_checks AS
SELECT 'error' AS severity, 'credits' AS tbl, min(_row) AS row,
       t(CASE WHEN order_id IS NOT NULL THEN 'shares of order {1} add up to {2}'
              ELSE 'shares of deal {1} add up to {2}' END,
         coalesce(order_id, deal), format(sum(share), 'percent1')) AS text,
       t('make the shares of its people 100 % together') AS remedy
FROM credits
GROUP BY order_id, deal, starts
HAVING abs(sum(share) - 1) > 0.00005
UNION ALL
SELECT 'error', 'regions', r._row, t('region {1} lies in itself, over {2}', r.region, r.parent),
       t('correct column parent')
FROM regions AS r
JOIN regions_within AS w ON w.region = r.parent AND w.within = r.region
UNION ALL
SELECT 'error', 'regions', _row, t('company is the key of all regions together, not of one'),
       t('give it another key, and say in aliases.csv which, if other tables go on using this one')
FROM regions
WHERE region = 'company'
UNION ALL
SELECT 'error', 'people', p._row, t('{1} reports to {2}, who reports to {1}', p.person, p.manager),
       t('correct column manager')
FROM people AS p
JOIN people AS m ON m.person = p.manager AND m.manager = p.person;

-- Figures of closed months that are other than they were published, the key figures of a report first: what they
-- were and are, and the difference, each of the type that its row's `type` says; of the last 12 months.
-- NULL: the report had no such row then, or has none now. A rate that is written as it was is left out.
CREATE VIEW restated_list AS
SELECT month, report, of, page, seq, title, key, kind, name, label AS restated_figure, published,
       restated, restated - published AS restated_by, type, tables,
       row_number() OVER (PARTITION BY month, page ORDER BY key <> '', seq) AS nth
FROM data_restated
WHERE month >= add_months(as_of_month(), -12)
  AND (type <> 'rate' OR published IS NULL OR restated IS NULL OR abs(restated - published) >= 0.0005);

-- The rows that did it: those of tables that a restated figure of the report is made from.
CREATE VIEW restated_rows AS
SELECT DISTINCT f.page, f.report, f.of, r.month, r.tbl,
       CASE WHEN r.day GLOB '????-??-??' THEN date_text(r.day)
            WHEN r.day GLOB '????-[0-9][0-9]' THEN month_text(r.day)
            ELSE coalesce(r.day, t('all')) END AS restated_day,
       r.day AS since, r.rows_then, r.rows_now, r.file_names, r.file_lines
FROM restated_list AS f
JOIN data_restated_rows AS r ON r.month = f.month AND instr(f.tables, concat(';', r.tbl, ';')) > 0;

-- A closed month with restated figures: how many, and by how much the company's revenue of the month. Severity
-- by the largest change of a key figure of the company: 1 from a twentieth on, 2 from a hundredth.
CREATE VIEW shared_exceptions AS
WITH largest AS (
    SELECT month, count(*) AS figures,
           max(CASE WHEN of = 'company' AND key = '' THEN abs(ratio(restated_by, published)) END) AS most,
           max(CASE WHEN of = 'company' AND key = '' AND name = 'revenue_month' THEN abs(restated_by) END) AS revenue
    FROM restated_list
    GROUP BY month
)
SELECT concat('restated:', month) AS id,
       CASE WHEN most >= 0.05 THEN 1 WHEN most >= 0.01 THEN 2 ELSE 3 END AS severity,
       CAST(revenue AS INTEGER) AS cost, NULL AS owner,
       t('{1}: {2} {2:figure is|figures are} other than {2:it was|they were} published', month_text(month), figures) AS text,
       'data' AS page, '' AS key, month_last(month) AS since
FROM largest;

-- Who can be written to: people who are here at the as-of date. leads: how many of them report to the person.
-- email: NULL where people.csv has none.
CREATE VIEW mail_readers AS
WITH here AS (
    SELECT person, coalesce(name, person) AS name, email, region, manager
    FROM people
    WHERE (hired IS NULL OR hired <= as_of()) AND (left IS NULL OR left > as_of())
)
SELECT h.person, h.name, h.email, h.region, h.manager, count(u.person) AS leads
FROM here AS h
LEFT JOIN here AS u ON u.manager = h.person
GROUP BY h.person, h.name, h.email, h.region, h.manager;
