-- Customers: what they bought, how that changes, who goes quiet, how well their files are kept.

-- ---- what each customer bought ----

-- The months that are compared. year_ago: the month of the as-of date a year before; day_ago: that
-- day. first, before_first: first months of this fiscal year and of the one before. known: there
-- are order lines of the whole 12 months before the last 12; year_known: of that fiscal year.
CREATE VIEW customers_spans AS
SELECT as_of_month() AS month, add_months(as_of_month(), -12) AS year_ago,
       (SELECT day FROM day_year_ago) AS day_ago,
       month(period_first(fiscal_year(as_of_month()))) AS first,
       add_months(month(period_first(fiscal_year(as_of_month()))), -12) AS before_first,
       CASE WHEN f.month <= add_months(as_of_month(), -23) THEN 1 ELSE 0 END AS known,
       CASE WHEN f.month <= add_months(month(period_first(fiscal_year(as_of_month()))), -12)
            THEN 1 ELSE 0 END AS year_known
FROM first_month_of_sales AS f
WHERE f.month IS NOT NULL;

-- Sums of each customer over the last 24 months. revenue_12: this month so far and the 11 before;
-- revenue_before: the same months, up to the same day, of the year before; year, year_before: the
-- fiscal year so far and its same period. Orders are counted, each once, not their lines; what came
-- back is revenue taken back, but no order. first_day, last_order, last_month: of these orders.
-- Money and counts.
CREATE VIEW customers_sums AS
WITH later AS (
    SELECT customer, sum(amount) AS amount
    FROM (SELECT customer, amount FROM customers_late_13 WHERE NOT to_date
          UNION ALL
          SELECT customer, -amount FROM customers_late_12 WHERE NOT to_date)
    GROUP BY customer
),
sums AS (
    SELECT m.customer, sum(CASE WHEN m.month > s.year_ago THEN m.amount ELSE 0 END) AS revenue_12,
           sum(CASE WHEN m.month <= s.year_ago THEN m.amount ELSE 0 END) AS months_before,
           sum(m.amount) AS revenue_24,
           sum(CASE WHEN m.month >= s.first THEN m.amount ELSE 0 END) AS year,
           sum(CASE WHEN m.month >= s.before_first AND m.month <= s.year_ago
                    THEN m.amount ELSE 0 END) AS year_months_before
    FROM customers_month AS m
    JOIN customers_spans AS s
    WHERE m.customer IS NOT NULL
    GROUP BY m.customer
)
SELECT c.customer, c.revenue_12, c.months_before - coalesce(l.amount, 0) AS revenue_before, c.revenue_24,
       coalesce(o.orders, 0) AS orders_24, coalesce(n.orders, 0) AS orders_12, c.year,
       c.year_months_before - coalesce(l.amount, 0) AS year_before,
       o.min_date AS first_day, month(o.max_date) AS last_month, o.max_date AS last_order
FROM sums AS c
LEFT JOIN customers_24 AS o ON o.customer = c.customer
LEFT JOIN customers_12 AS n ON n.customer = c.customer
LEFT JOIN later AS l ON l.customer = c.customer;

-- Each file with its sums; a customer without an order in 24 months has 0. revenue_before: NULL where
-- order lines do not reach back 24 months. person: who looks after
-- them, else who sold them most. region: the customer's, else that person's. place: both together.
-- page, key: where they are shown, their own page if they have one.
CREATE VIEW customers_files AS
WITH sellers AS (
    SELECT customer, owner, row_number() OVER (PARTITION BY customer ORDER BY amount DESC, owner) AS nth
    FROM sales_customer_24
    WHERE owner IS NOT NULL
),
firsts AS (
    SELECT customer, min(min_date) AS first_order FROM sales_first GROUP BY customer
)
SELECT c.customer, coalesce(c.name, c.customer) AS name, c.tier, c.status, c.source,
       coalesce(c.owner, o.owner) AS person, coalesce(c.region, p.region) AS region,
       concat(coalesce(c.region, p.region), char(31), coalesce(c.owner, o.owner)) AS place, f.first_order,
       s.last_order, s.last_month, coalesce(s.revenue_12, 0) AS revenue_12,
       CASE y.known WHEN 1 THEN coalesce(s.revenue_before, 0) END AS revenue_before,
       coalesce(s.revenue_24, 0) AS revenue_24,
       coalesce(s.orders_12, 0) AS orders_12, coalesce(s.orders_24, 0) AS orders_24,
       coalesce(s.year, 0) AS year, coalesce(s.year_before, 0) AS year_before,
       CASE WHEN g.customer IS NULL THEN 'customers' ELSE 'customer' END AS page, g.customer AS key,
       c._row AS file_row
FROM customers AS c
LEFT JOIN customers_spans AS y
LEFT JOIN customers_sums AS s ON s.customer = c.customer
LEFT JOIN firsts AS f ON f.customer = c.customer
LEFT JOIN sellers AS o ON o.customer = c.customer AND o.nth = 1
LEFT JOIN customer_pages AS g ON g.customer = c.customer
LEFT JOIN people AS p ON p.person = coalesce(c.owner, o.owner);

-- Which customers count for a scope, by their place: all for the company; a region's by where they
-- lie; a person's by who looks after them. Sums are first made by place, of which there are few.
CREATE VIEW customers_scopes AS
WITH places AS (
    SELECT DISTINCT place, region, person FROM customers_files
)
SELECT 'company' AS scope, 'company' AS of, place FROM places
UNION ALL
SELECT 'region', w.within, p.place
FROM places AS p
JOIN regions_within AS w ON w.region = p.region
UNION ALL
SELECT 'person', person, place FROM places WHERE person IS NOT NULL;

-- ---- Pareto and ABC ----

-- Customers by revenue, the largest first; span: the last 12 months, and in a book without tiers
-- the same period of last year. cumulated: revenue of these and all larger ones ÷ that of all.
-- Class A while all larger ones make up less than 80 %, B while less than 95 %, else C, so that the
-- customer who crosses the line belongs above it and equal ones share a class. Without revenue: no
-- row. ABC: H. F. Dickie, ABC Inventory Analysis Shoots for Dollars, Factory Management and
-- Maintenance 109, 1951.
CREATE VIEW customers_abc AS
WITH bought AS (
    SELECT 'now' AS span, customer, place AS at, revenue_12 AS revenue
    FROM customers_files
    WHERE revenue_12 > 0
    UNION ALL
    SELECT 'before', customer, place, revenue_before
    FROM customers_files
    WHERE revenue_before > 0 AND NOT EXISTS (SELECT 1 FROM customers WHERE tier IS NOT NULL)
),
summed AS (
    SELECT span, customer, at, revenue, sum(revenue) OVER (PARTITION BY span) AS whole,
           sum(revenue) OVER (PARTITION BY span ORDER BY revenue DESC) AS reached,
           coalesce(sum(revenue) OVER (PARTITION BY span ORDER BY revenue DESC
                                       GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS larger,
           rank() OVER (PARTITION BY span ORDER BY revenue DESC) AS place
    FROM bought
)
SELECT span, customer, at, revenue, place, ratio(revenue, whole) AS revenue_share,
       ratio(reached, whole) AS cumulated,
       CASE WHEN larger * 100 < whole * 80 THEN 'A' WHEN larger * 100 < whole * 95 THEN 'B' ELSE 'C' END AS abc
FROM summed;

-- How many customers make up each class, and their revenue, of the last 12 months. By scope; the
-- classes are those of the company.
CREATE VIEW customers_classes AS
WITH sums AS (
    SELECT at, abc, count(*) AS buyers, sum(revenue) AS revenue
    FROM customers_abc
    WHERE span = 'now'
    GROUP BY at, abc
)
SELECT s.scope, s.of, a.abc, sum(a.buyers) AS buyers, sum(a.revenue) AS revenue_12
FROM sums AS a
JOIN customers_scopes AS s ON s.place = a.at
GROUP BY s.scope, s.of, a.abc;

-- ---- dynamics ----

-- Last 12 months against the same period of the year before. lost: bought then, not since; new: no
-- order until a year ago; back: an order before, none in that period; up, down: by more than a
-- tenth; else steady. NULL where there is no revenue in either, or history is shorter than 24
-- months. key_customer: tier A; in a book without tiers, class A then or now.
CREATE VIEW customers_dynamics AS
SELECT c.customer, c.name, c.person, c.region, c.place, c.tier, c.status, c.last_order, c.revenue_12,
       c.revenue_before, c.revenue_12 - c.revenue_before AS revenue_change, n.abc,
       CASE WHEN s.known = 0 OR (c.revenue_12 = 0 AND c.revenue_before = 0) THEN NULL
            WHEN c.orders_12 = 0 THEN 'lost'
            WHEN c.revenue_before = 0 AND c.first_order > s.day_ago THEN 'new'
            WHEN c.revenue_before = 0 THEN 'back'
            WHEN 10 * (c.revenue_12 - c.revenue_before) > abs(c.revenue_before) THEN 'up'
            WHEN 10 * (c.revenue_before - c.revenue_12) > abs(c.revenue_before) THEN 'down'
            ELSE 'steady' END AS dynamics,
       CASE WHEN c.tier = 'A' THEN 1
            WHEN t.tiers = 0 AND (n.abc = 'A' OR b.abc = 'A') THEN 1 ELSE 0 END AS key_customer
FROM customers_files AS c
JOIN customers_spans AS s
JOIN (SELECT count(tier) AS tiers FROM customers) AS t
LEFT JOIN customers_abc AS n ON n.span = 'now' AND n.customer = c.customer
LEFT JOIN customers_abc AS b ON b.span = 'before' AND b.customer = c.customer;

-- The same, summed: before + new + back + up + steady + down + lost = now, by scope. Money.
CREATE VIEW customers_bridge AS
WITH steps(dynamics, seq) AS (
    VALUES ('new', 2), ('back', 3), ('up', 4), ('steady', 5), ('down', 6), ('lost', 7)
),
sums AS (
    SELECT place, dynamics, count(*) AS buyers, sum(revenue_before) AS revenue_before,
           sum(revenue_12) AS revenue_12, sum(revenue_change) AS revenue_change
    FROM customers_dynamics
    GROUP BY place, dynamics
)
SELECT s.scope, s.of, d.dynamics, t.seq, sum(d.buyers) AS buyers, sum(d.revenue_before) AS revenue_before,
       sum(d.revenue_12) AS revenue_12, sum(d.revenue_change) AS revenue_change
FROM sums AS d
JOIN steps AS t ON t.dynamics = d.dynamics
JOIN customers_scopes AS s ON s.place = d.place
GROUP BY s.scope, s.of, d.dynamics, t.seq;

-- Revenue kept: what the customers who bought in the same period of last year bought in the last 12
-- months ÷ what they bought then. NULL where nobody did.
CREATE VIEW customers_retention AS
SELECT scope, of, sum(buyers) AS buyers,
       sum(CASE WHEN dynamics NOT IN ('new', 'back') THEN buyers ELSE 0 END) AS buyers_before,
       ratio(sum(CASE WHEN dynamics NOT IN ('new', 'back') THEN revenue_12 ELSE 0 END),
             sum(revenue_before)) AS revenue_retention,
       sum(revenue_12) AS revenue_12, sum(revenue_before) AS revenue_before
FROM customers_bridge
GROUP BY scope, of;

-- ---- RFM ----

-- Quintile scores of the customers who ordered in the last 24 months: days since the last order,
-- orders, revenue; 5 is the best fifth, equal values share a score: 5 − ⌊5 × (rank − 1) ÷ n⌋. None where order
-- lines do not reach back six months: who bought last month and not in this one is not gone.
-- A. M. Hughes, Strategic Database Marketing, 1994.
CREATE VIEW customers_rfm AS
WITH ranked AS (
    SELECT customer, revenue_24, count(*) OVER () AS n, rank() OVER (ORDER BY last_order DESC) AS r,
           rank() OVER (ORDER BY orders_24 DESC) AS f, rank() OVER (ORDER BY revenue_24 DESC) AS m
    FROM customers_files
    WHERE orders_24 > 0 AND EXISTS (SELECT 1 FROM first_month_of_sales WHERE month <= add_months(as_of_month(), -6))
),
scored AS (
    SELECT customer, revenue_24, 5 - CAST(5.0 * (r - 1) / n AS INTEGER) AS recency,
           5 - CAST(5.0 * (f - 1) / n AS INTEGER) AS frequency,
           5 - CAST(5.0 * (m - 1) / n AS INTEGER) AS monetary
    FROM ranked
)
SELECT customer, revenue_24, recency, frequency, monetary, concat(recency, frequency, monetary) AS rfm,
       CASE WHEN recency >= 4 AND frequency >= 4 THEN 1 WHEN recency <= 2 AND frequency >= 4 THEN 2
            WHEN recency >= 4 AND frequency <= 2 THEN 4 WHEN recency <= 2 AND frequency <= 2 THEN 5
            ELSE 3 END AS rfm_group
FROM scored;

-- ---- tier against the figures ----

-- The tier that revenue would give: customers with a tier, by revenue of the last 12 months, as
-- many in each tier as the files have; equal ones share a tier. tier_steps: how many tiers the file
-- ranks above that, below 0 how many under it. Potential customers and those who never ordered are
-- left out: their tier is a hope.
CREATE VIEW customers_tiers AS
WITH ranked AS (
    SELECT c.customer, c.person, c.tier, c.revenue_12, unicode(c.tier) AS letter,
           rank() OVER (ORDER BY c.revenue_12 DESC) AS place
    FROM customers_files AS c
    WHERE c.tier IS NOT NULL AND c.first_order IS NOT NULL AND c.status IS NOT 'potential'
),
borders AS (
    SELECT letter, sum(count(*)) OVER (ORDER BY letter) AS reached FROM ranked GROUP BY letter
),
placed AS (
    SELECT r.customer, r.person, r.tier, r.revenue_12, r.letter, min(b.letter) AS by_revenue
    FROM ranked AS r
    JOIN borders AS b ON b.reached >= r.place
    GROUP BY r.customer, r.person, r.tier, r.revenue_12, r.letter
)
SELECT customer, person, tier, revenue_12, char(by_revenue) AS tier_by_revenue,
       by_revenue - letter AS tier_steps
FROM placed;

-- ---- who went quiet ----

-- Customers of the last 24 months without an order for more than 90 days. at_stake: what they
-- bought in the 12 months that end with the month of their last order, as far as the 24 months
-- reach. usual_days: days from the first to the last order of the 24 months ÷ (orders − 1), from
-- three orders on.
CREATE VIEW customers_dormant AS
WITH quiet AS (
    SELECT f.customer, f.name, f.person, f.place, f.tier, f.status, f.last_order, f.last_month,
           f.orders_24, s.first_day, days_between(f.last_order, as_of()) AS quiet_days
    FROM customers_files AS f
    JOIN customers_sums AS s ON s.customer = f.customer
    WHERE f.last_order < add_days(as_of(), -90)
),
stakes AS (
    SELECT q.customer, sum(m.amount) AS at_stake
    FROM quiet AS q
    JOIN customers_month AS m ON m.customer = q.customer
                             AND m.month > add_months(q.last_month, -12) AND m.month <= q.last_month
    GROUP BY q.customer
),
line_places AS (
    SELECT l.customer, coalesce(l.line, t('without a line')) AS line,
           row_number() OVER (PARTITION BY l.customer ORDER BY l.amount DESC, l.line) AS nth
    FROM customers_line AS l
    WHERE l.customer IN (SELECT customer FROM quiet)
)
SELECT q.customer, q.name, q.person, q.place, q.tier, q.status, q.last_order, q.quiet_days,
       CASE WHEN q.orders_24 >= 3
            THEN CAST(round(ratio(days_between(q.first_day, q.last_order), q.orders_24 - 1)) AS INTEGER)
       END AS usual_days,
       s.at_stake, concat(a.line, ', ' || b.line) AS bought_lines
FROM quiet AS q
JOIN stakes AS s ON s.customer = q.customer
LEFT JOIN line_places AS a ON a.customer = q.customer AND a.nth = 1
LEFT JOIN line_places AS b ON b.customer = q.customer AND b.nth = 2;

-- How many went quiet, and what they used to buy a year, by scope. lost: those whose file says so.
CREATE VIEW customers_quiet AS
SELECT s.scope, s.of, count(*) AS dormant_customers, sum(d.at_stake) AS at_stake,
       count(CASE WHEN d.status = 'lost' THEN 1 END) AS given_up
FROM customers_dormant AS d
JOIN customers_scopes AS s ON s.place = d.place
GROUP BY s.scope, s.of;

-- ---- how well files are kept ----

-- Fields of the files: in how many it counts, and of these in how many it is filled. A field counts
-- where at least one file in ten has it: else the department does not keep it. The day since when
-- counts for those who have bought. Names that are the keys again are none.
CREATE VIEW customers_fields AS
WITH counts AS (
    SELECT count(*) AS files, CASE WHEN max(c.name <> c.customer) THEN count(c.name) ELSE 0 END AS name, count(c.kind) AS kind, count(c.tier) AS tier,
           count(c.status) AS status, count(c.region) AS region, count(c.industry) AS industry,
           count(c.business_circle) AS business_circle, count(c.category) AS category,
           count(c.sales_status) AS sales_status, count(c.owner) AS owner, count(c.source) AS source,
           count(CASE WHEN f.first_order IS NOT NULL THEN c.since END) AS since,
           count(f.first_order) AS bought, count(c.credit_limit) AS credit_limit,
           count(c.payment_days) AS payment_days, count(c.country) AS country
    FROM customers AS c
    JOIN customers_files AS f ON f.customer = c.customer
),
fields AS (
    SELECT 'name' AS field, t('name') AS field_name, name AS field_filled, files AS field_wanted FROM counts
    UNION ALL SELECT 'kind', t('kind'), kind, files FROM counts
    UNION ALL SELECT 'tier', t('tier'), tier, files FROM counts
    UNION ALL SELECT 'status', t('status'), status, files FROM counts
    UNION ALL SELECT 'region', t('region'), region, files FROM counts
    UNION ALL SELECT 'industry', t('industry'), industry, files FROM counts
    UNION ALL SELECT 'business_circle', t('business circle'), business_circle, files FROM counts
    UNION ALL SELECT 'category', t('category'), category, files FROM counts
    UNION ALL SELECT 'sales_status', t('sales status'), sales_status, files FROM counts
    UNION ALL SELECT 'owner', t('owner'), owner, files FROM counts
    UNION ALL SELECT 'source', t('source'), source, files FROM counts
    UNION ALL SELECT 'since', t('since'), since, bought FROM counts
    UNION ALL SELECT 'credit_limit', t('credit limit'), credit_limit, files FROM counts
    UNION ALL SELECT 'payment_days', t('payment days'), payment_days, files FROM counts
    UNION ALL SELECT 'country', t('country'), country, files FROM counts
)
SELECT field, field_name, field_filled, field_wanted, field_wanted - field_filled AS fields_missing
FROM fields
WHERE field_filled * 10 >= field_wanted AND field_wanted > 0;

-- What each file lacks: one row a field.
CREATE VIEW customers_gaps AS
WITH gaps AS (
    SELECT customer, 'name' AS field FROM customers WHERE name IS NULL
    UNION ALL SELECT customer, 'kind' FROM customers WHERE kind IS NULL
    UNION ALL SELECT customer, 'tier' FROM customers WHERE tier IS NULL
    UNION ALL SELECT customer, 'status' FROM customers WHERE status IS NULL
    UNION ALL SELECT customer, 'region' FROM customers WHERE region IS NULL
    UNION ALL SELECT customer, 'industry' FROM customers WHERE industry IS NULL
    UNION ALL SELECT customer, 'business_circle' FROM customers WHERE business_circle IS NULL
    UNION ALL SELECT customer, 'category' FROM customers WHERE category IS NULL
    UNION ALL SELECT customer, 'sales_status' FROM customers WHERE sales_status IS NULL
    UNION ALL SELECT customer, 'owner' FROM customers WHERE owner IS NULL
    UNION ALL SELECT customer, 'source' FROM customers WHERE source IS NULL
    UNION ALL SELECT c.customer, 'since' FROM customers AS c
              JOIN customers_files AS f ON f.customer = c.customer AND f.first_order IS NOT NULL
              WHERE c.since IS NULL
    UNION ALL SELECT customer, 'credit_limit' FROM customers WHERE credit_limit IS NULL
    UNION ALL SELECT customer, 'payment_days' FROM customers WHERE payment_days IS NULL
    UNION ALL SELECT customer, 'country' FROM customers WHERE country IS NULL
)
SELECT g.customer, g.field, f.field_name
FROM gaps AS g
JOIN customers_fields AS f ON f.field = g.field;

-- Fields filled ÷ fields that count, by scope. NULL where no field counts: the book has no files of
-- its own, only names of buyers.
CREATE VIEW customers_completeness AS
WITH wanted AS (
    SELECT count(CASE WHEN field <> 'since' THEN 1 END) AS always,
           count(CASE WHEN field = 'since' THEN 1 END) AS since
    FROM customers_fields
),
lacking AS (
    SELECT customer, count(*) AS fields FROM customers_gaps GROUP BY customer
),
sums AS (
    SELECT f.place, count(*) AS files, count(l.fields) AS files_lacking,
           coalesce(sum(l.fields), 0) AS fields_missing,
           sum(w.always + CASE WHEN f.first_order IS NOT NULL THEN w.since ELSE 0 END) AS fields_wanted
    FROM customers_files AS f
    JOIN wanted AS w
    LEFT JOIN lacking AS l ON l.customer = f.customer
    GROUP BY f.place
)
SELECT s.scope, s.of, sum(f.files) AS files, sum(f.files_lacking) AS files_lacking,
       sum(f.fields_missing) AS fields_missing,
       1 - ratio(sum(f.fields_missing), sum(f.fields_wanted)) AS file_completeness
FROM sums AS f
JOIN customers_scopes AS s ON s.place = f.place
GROUP BY s.scope, s.of;

-- ---- from potential to active ----

-- Customers won in the last 12 months ÷ (these + those who are still potential), by scope and
-- source; source is NULL where the file has none. NULL where there are neither.
CREATE VIEW customers_conversions AS
WITH sums AS (
    SELECT c.place, c.source,
           count(CASE WHEN w.month > add_months(as_of_month(), -12) THEN 1 END) AS won_12,
           count(CASE WHEN c.status = 'potential' AND c.first_order IS NULL THEN 1 END) AS potentials
    FROM customers_files AS c
    LEFT JOIN customers_won AS w ON w.customer = c.customer AND c.first_order IS NOT NULL
    GROUP BY c.place, c.source
)
SELECT s.scope, s.of, c.source, sum(c.won_12) AS won_12, sum(c.potentials) AS potentials
FROM sums AS c
JOIN customers_scopes AS s ON s.place = c.place
WHERE c.won_12 + c.potentials > 0
GROUP BY s.scope, s.of, c.source;

-- ---- contact in both directions ----

-- By who looks after the customers who bought in the last 12 months, a month and customer; of months before the
-- first order lines nobody knows, so they are none. Their
-- side: orders, and where there is a visits.csv their visits and calls; our side: our visits and
-- calls to them, without a visits.csv the visits that the management counts. NULL without buyers,
-- also where nothing was counted.
CREATE VIEW customers_contact AS
WITH bought AS (
    SELECT f.person, count(*) AS buyers, sum(f.orders_12) AS orders_12, sum(d.our_contacts) AS ours,
           sum(d.their_contacts) AS theirs
    FROM customers_files AS f
    LEFT JOIN visits_directions AS d ON d.customer = f.customer
    WHERE f.orders_12 > 0 AND f.person IS NOT NULL
    GROUP BY f.person
),
seen AS (
    SELECT person, count(*) AS months, sum(value) AS visits
    FROM results
    WHERE kind = 'visits' AND month > add_months(as_of_month(), -12) AND month <= as_of_month()
    GROUP BY person
),
known AS (
    SELECT min(months_between(month, as_of_month()) + 1, 12) AS months FROM visits_since
),
ordered AS (
    SELECT min(months_between(month, as_of_month()) + 1, 12) AS months FROM first_month_of_sales
)
SELECT b.person, b.buyers, b.orders_12, ratio(b.orders_12, o.months * b.buyers) AS orders_a_month,
       ratio(coalesce(b.theirs, 0), k.months * b.buyers) AS their_contacts_a_month,
       CASE WHEN k.months IS NOT NULL THEN ratio(coalesce(b.ours, 0), k.months * b.buyers)
            ELSE ratio(1.0 * v.visits, v.months * b.buyers) END AS visits_a_month
FROM bought AS b
JOIN ordered AS o
LEFT JOIN known AS k
LEFT JOIN seen AS v ON v.person = b.person;

-- ---- why it changed ----

-- The change of revenue of the fiscal year so far against the same period of the year before, summed
-- by scope: of customers who bought more, and of those who bought less. up + down = revenue −
-- before where every order has a customer. NULL nowhere; no row where the year before is not known.
CREATE VIEW customers_change_sums AS
WITH sums AS (
    SELECT c.place, sum(c.year) AS revenue, sum(c.year_before) AS before,
           count(CASE WHEN c.year > c.year_before THEN 1 END) AS ups,
           count(CASE WHEN c.year < c.year_before THEN 1 END) AS downs,
           sum(max(c.year - c.year_before, 0)) AS up, sum(min(c.year - c.year_before, 0)) AS down
    FROM customers_spans AS y
    JOIN customers_files AS c ON y.year_known = 1 AND (c.year <> 0 OR c.year_before <> 0)
    GROUP BY c.place
)
SELECT s.scope, s.of, sum(c.revenue) AS revenue, sum(c.before) AS before, sum(c.ups) AS ups,
       sum(c.downs) AS downs, sum(c.up) AS up, sum(c.down) AS down
FROM sums AS c
JOIN customers_scopes AS s ON s.place = c.place
GROUP BY s.scope, s.of;

-- The customers behind it, the ten who added and the ten who took away most. place_up, place_down:
-- 1 is the most. The ten of a scope are among the tens of its places. Money.
CREATE VIEW customers_changes AS
WITH changed AS (
    SELECT c.customer, c.place, c.year, c.year_before, c.year - c.year_before AS change,
           row_number() OVER (PARTITION BY c.place ORDER BY c.year - c.year_before DESC, c.customer) AS nth,
           count(*) OVER (PARTITION BY c.place) AS n
    FROM customers_spans AS y
    JOIN customers_files AS c ON y.year_known = 1 AND c.year <> c.year_before
),
candidates AS (
    SELECT customer, place, year, year_before, change
    FROM changed
    WHERE (change > 0 AND nth <= 10) OR (change < 0 AND n - nth < 10)
),
placed AS (
    SELECT s.scope, s.of, c.customer, c.year, c.year_before, c.change,
           row_number() OVER (PARTITION BY s.scope, s.of ORDER BY c.change DESC, c.customer) AS place_up,
           count(*) OVER (PARTITION BY s.scope, s.of) AS n
    FROM candidates AS c
    JOIN customers_scopes AS s ON s.place = c.place
)
SELECT scope, of, customer, year, year_before, change AS revenue_change, place_up, n - place_up + 1 AS place_down
FROM placed
WHERE (change > 0 AND place_up <= 10) OR (change < 0 AND n - place_up < 10);

-- The same in two sentences, as pieces in the order of seq: a piece with page and key leads there.
-- The first sums all customers who bought more, and all who bought less; the second names the two
-- largest of either side, the side that won first. What it says of a person is what their
-- customers bought.
CREATE VIEW customers_change_words AS
WITH told AS (
    SELECT s.scope, s.of, coalesce(r.revenue, s.revenue) AS revenue, coalesce(r.before, s.before) AS before,
           coalesce(r.revenue - r.before, s.revenue - s.before) AS change, s.ups, s.downs, s.up, s.down,
           CASE WHEN coalesce(r.revenue, s.revenue) < coalesce(r.before, s.before) THEN 1 ELSE 0 END AS fell
    FROM customers_change_sums AS s
    LEFT JOIN revenue_so_far AS r
           ON r.scope = s.scope AND r.of = s.of AND r.span = 'year' AND s.scope <> 'person'
    WHERE coalesce(r.before, s.before) > 0 AND s.ups + s.downs > 0
),
named AS (
    SELECT c.scope, c.of, CASE WHEN c.revenue_change > 0 THEN 'up' ELSE 'down' END AS side,
           CASE WHEN c.revenue_change > 0 THEN c.place_up ELSE c.place_down END AS nth,
           f.name, c.revenue_change, f.page, f.key
    FROM customers_changes AS c
    JOIN customers_files AS f ON f.customer = c.customer
    WHERE (c.revenue_change > 0 AND c.place_up <= 2) OR (c.revenue_change < 0 AND c.place_down <= 2)
),
placed AS (
    SELECT n.scope, n.of, n.side, n.nth, n.name, n.revenue_change, n.page, n.key,
           CASE WHEN (n.side = 'down') = (d.fell = 1) THEN 10 ELSE 20 END AS start,
           count(*) OVER (PARTITION BY n.scope, n.of, n.side) AS names,
           CASE WHEN (n.side = 'down') = (d.fell = 1) AND d.ups > 0 AND d.downs > 0
                THEN 0 ELSE 1 END AS last_side
    FROM named AS n
    JOIN told AS d ON d.scope = n.scope AND d.of = n.of
)
SELECT scope, of, 1 AS seq,
       concat(t(CASE WHEN scope = 'person' AND fell = 1
                     THEN 'The customers looked after bought for {1} this year, {2} less than in the same period of last year ({3}): '
                     WHEN scope = 'person'
                     THEN 'The customers looked after bought for {1} this year, {2} more than in the same period of last year ({3}): '
                     WHEN fell = 1
                     THEN 'Revenue of the year, {1}, is {2} below the same period of last year ({3}): '
                     ELSE 'Revenue of the year, {1}, is {2} above the same period of last year ({3}): ' END,
                short_money(revenue), short_money(abs(change)), format(ratio(change, before), '+percent1')),
              CASE WHEN ups > 0
                   THEN t(CASE ups WHEN 1 THEN '1 customer bought more ({2})' ELSE '{1} customers bought more ({2})' END,
                          ups, format(up, '+short_money')) END,
              CASE WHEN ups > 0 AND downs > 0 THEN t(', ') END,
              CASE WHEN downs > 0
                   THEN t(CASE WHEN downs = 1 THEN '1 bought less ({2})' ELSE '{1} bought less ({2})' END,
                          downs, format(down, '+short_money')) END,
              CASE WHEN up + down <> change
                   THEN t('; the rest, {1}, lies in orders that name no customer here',
                          format(change - up - down, '+short_money')) END,
              '. ') AS text,
       NULL AS page, NULL AS key
FROM told
UNION ALL
SELECT scope, of, start + 3 * nth, concat(name, ' (', format(revenue_change, '+short_money'), ')'), page, key
FROM placed
UNION ALL
SELECT scope, of, start + 3 * nth + 1,
       CASE WHEN nth < names THEN t(' and ')
            ELSE concat(CASE WHEN side = 'up' THEN t(' added most') ELSE t(' took away most') END,
                        CASE last_side WHEN 1 THEN t('.') ELSE t('; ') END) END,
       NULL, NULL
FROM placed;

-- ---- what the whole reads ----

-- Key figures of each scope. before: none, for the months before the last 24 are not kept.
CREATE VIEW customers_scope_figures AS
SELECT scope, of, 19 AS rank, 'revenue_retention' AS name, revenue_retention AS value, NULL AS target,
       NULL AS before, NULL AS series, t('Revenue kept in 12 months') AS label
FROM customers_retention
WHERE revenue_retention IS NOT NULL
UNION ALL
SELECT scope, of, 36, 'dormant_customers', dormant_customers, NULL, NULL, NULL, NULL FROM customers_quiet
UNION ALL
SELECT scope, of, 36, 'file_completeness', file_completeness, NULL, NULL, NULL, NULL
FROM customers_completeness
WHERE file_completeness IS NOT NULL;

-- The start page's figures: those of the company.
CREATE VIEW customers_figures AS
SELECT rank, name, value, target, before, series, 'customers' AS page, NULL AS key
FROM customers_scope_figures
WHERE scope = 'company';

-- Key customers who are lost or bought less than half of what they bought in the same period of
-- last year. Those whose file says that they are lost are known of and left out.
CREATE VIEW customers_falls AS
SELECT customer, name, person, place AS at, tier, dynamics, last_order, revenue_12, revenue_before,
       revenue_change,
       rank() OVER (ORDER BY revenue_change, customer) AS place
FROM customers_dynamics
WHERE key_customer = 1 AND status IS NOT 'lost' AND revenue_before > 0
  AND (dynamics = 'lost' OR (dynamics = 'down' AND 2 * revenue_12 < revenue_before));

-- What follows from the figures, in sentences, by scope: key customers who fall away, who went
-- quiet, on how few it hangs, why revenue changed, how the files are kept.
CREATE VIEW customers_findings AS
WITH falls AS (
    SELECT s.scope, s.of, count(*) AS buyers, -sum(f.revenue_change) AS amount
    FROM customers_falls AS f
    JOIN customers_scopes AS s ON s.place = f.at
    GROUP BY s.scope, s.of
),
bought AS (
    SELECT scope, of, sum(buyers) AS buyers, sum(revenue_12) AS revenue_12,
           sum(CASE WHEN abc = 'A' THEN buyers ELSE 0 END) AS class_a
    FROM customers_classes
    GROUP BY scope, of
)
SELECT f.scope, f.of, 160 AS rank,
       t(CASE f.buyers WHEN 1 THEN '1 key customer is lost or bought less than half of last year: {2} less.'
                       ELSE '{1} key customers are lost or bought less than half of last year: {2} less.' END,
         f.buyers, short_money(f.amount)) AS text
FROM falls AS f
UNION ALL
SELECT scope, of, 161,
       t(CASE dormant_customers WHEN 1 THEN '1 customer has not ordered for over 90 days and used to buy for {2} a year.'
                                ELSE '{1} customers have not ordered for over 90 days; they used to buy for {2} a year.' END,
         dormant_customers, short_money(at_stake))
FROM customers_quiet
UNION ALL
SELECT scope, of, 162,
       t(CASE WHEN scope = 'company' AND buyers = 1 THEN 'All revenue of the last 12 months came from one customer.'
              WHEN scope = 'company' AND class_a = 1 THEN '1 of {2} customers makes up 80 % of revenue of the last 12 months.'
              WHEN scope = 'company' THEN '{1} of {2} customers make up 80 % of revenue of the last 12 months.'
              WHEN buyers = 1 THEN 'One customer bought in the last 12 months.'
              WHEN class_a = 1 THEN '1 of {2} customers who bought in the last 12 months is in class A.'
              ELSE '{1} of {2} customers who bought in the last 12 months are in class A.' END,
         class_a, buyers)
FROM bought
UNION ALL
SELECT scope, of, 163, group_concat(text, '')
FROM (SELECT scope, of, text FROM customers_change_words ORDER BY scope, of, seq)
GROUP BY scope, of
UNION ALL
SELECT scope, of, 164,
       t(CASE files_lacking WHEN 1 THEN '1 file of {2} has gaps: {3} of the fields are filled.'
                            ELSE '{1} files of {2} have gaps: {3} of the fields are filled.' END,
         files_lacking, files, format(file_completeness, 'percent1'))
FROM customers_completeness
WHERE files_lacking > 0;

-- The five key customers whose fall costs most, one by one, and the rest in one line; the three
-- other dormant ones with most at stake, and the rest in one line. Only who has been silent for twice
-- the usual time is dormant here, and a file that says lost is known of. Owner: who looks after
-- them, where that person has left who answers for the region. cost: what is missing, a year.
CREATE VIEW customers_exceptions AS
WITH owners AS (
    SELECT c.customer, c.page, c.key,
           CASE WHEN a.present = 1 THEN a.person ELSE coalesce(o.owner, b.owner) END AS owner
    FROM customers_files AS c
    LEFT JOIN acting_owners AS a ON a.person = c.person
    LEFT JOIN region_owners AS o ON o.region = c.region
    LEFT JOIN company_owner AS b
    WHERE c.customer IN (SELECT customer FROM customers_falls UNION SELECT customer FROM customers_dormant)
),
quiet AS (
    SELECT d.customer, d.name, d.quiet_days, d.at_stake,
           add_days(d.last_order, max(90, 2 * coalesce(d.usual_days, 0)) + 1) AS too_long,
           row_number() OVER (ORDER BY d.at_stake DESC, d.customer) AS nth
    FROM customers_dormant AS d
    LEFT JOIN customers_falls AS f ON f.customer = d.customer
    WHERE f.customer IS NULL AND d.status IS NOT 'lost' AND d.at_stake > 0
      AND d.quiet_days > 2 * coalesce(d.usual_days, 0)
)
SELECT concat('customers:fall:', f.customer) AS id, CASE f.dynamics WHEN 'lost' THEN 1 ELSE 2 END AS severity,
       -f.revenue_change AS cost, o.owner,
       CASE f.dynamics
           WHEN 'lost' THEN t('{1}: no order in 12 months, {2} in the 12 before', f.name,
                              short_money(f.revenue_before))
           ELSE t('{1}: bought for {2} in 12 months, {3} less than in the 12 before', f.name,
                  short_money(f.revenue_12), percent(ratio(-f.revenue_change, f.revenue_before))) END AS text,
       o.page, o.key,
       CASE f.dynamics WHEN 'lost' THEN month_first(add_months(month(f.last_order), 12))
                       ELSE month_first(add_months(as_of_month(), -11)) END AS since
FROM customers_falls AS f
JOIN owners AS o ON o.customer = f.customer
WHERE f.place <= 5
UNION ALL
SELECT 'customers:falls', 3, -sum(f.revenue_change), b.owner,
       t(CASE count(*) WHEN 1 THEN '1 more key customer is lost or bought less than half of last year'
                       ELSE '{1} more key customers are lost or bought less than half of last year' END, count(*)),
       'customers', NULL, NULL
FROM customers_falls AS f
LEFT JOIN company_owner AS b
WHERE f.place > 5
GROUP BY b.owner
UNION ALL
SELECT concat('customers:dormant:', q.customer), 2, q.at_stake, o.owner,
       t('{1}: no order for {2} days, used to buy for {3} a year', q.name, q.quiet_days,
         short_money(q.at_stake)),
       o.page, o.key, q.too_long
FROM quiet AS q
JOIN owners AS o ON o.customer = q.customer
WHERE q.nth <= 3
UNION ALL
SELECT 'customers:dormant', 3, sum(q.at_stake), b.owner,
       t(CASE count(*) WHEN 1 THEN '1 more customer has been silent for over 90 days and twice the usual time'
                       ELSE '{1} more customers have been silent for over 90 days and twice their usual time' END, count(*)),
       'customers', NULL, max(q.too_long)
FROM quiet AS q
LEFT JOIN company_owner AS b
WHERE q.nth > 3
GROUP BY b.owner;

-- How well a person keeps files and customers, as it stands at the as-of date: no history is kept.
CREATE VIEW customers_measures AS
SELECT of AS person, as_of_month() AS month, 'file_completeness' AS measure, file_completeness AS value
FROM customers_completeness
WHERE scope = 'person' AND file_completeness IS NOT NULL
UNION ALL
SELECT of, as_of_month(), 'revenue_retention', revenue_retention
FROM customers_retention
WHERE scope = 'person' AND revenue_retention IS NOT NULL;

-- Files that contradict the order lines.
CREATE VIEW customers_checks AS
SELECT 'warning' AS severity, 'customers' AS tbl, file_row AS row,
       t('customer {1} is potential but ordered on {2}', customer, date_text(first_order)) AS text,
       t('write active in column status') AS remedy
FROM customers_files
WHERE status = 'potential' AND first_order IS NOT NULL
UNION ALL
SELECT 'warning', 'customers', file_row,
       t('customer {1} is {2} but ordered on {3}', customer, status, date_text(last_order)),
       t('write active in column status')
FROM customers_files
WHERE status IN ('lost', 'dormant') AND last_order >= add_days(as_of(), -90);
