-- Segments: retail customers by business circle, category and sales status.

-- Customers who have at least one of the three, with what they bought in the last 12 months (this
-- month so far and the 11 before) and in the same months, up to the same day, of the year before.
-- place: region and who looks after them. settled: a customer for 12 months, as far as it is known.
-- revenue_before, volume_before: NULL where order lines do not reach so far back. Money; units of each
-- product (segments_unit).
CREATE VIEW segments_customers AS
WITH known AS (
    SELECT CASE WHEN month <= add_months(as_of_month(), -23) THEN 1 ELSE 0 END AS known FROM first_month_of_sales
),
later AS (
    SELECT customer, sum(amount) AS amount, sum(quantity) AS quantity
    FROM (SELECT customer, amount, quantity FROM segments_late_13 WHERE NOT to_date
          UNION ALL
          SELECT customer, -amount, -quantity FROM segments_late_12 WHERE NOT to_date)
    GROUP BY customer
)
SELECT c.customer, coalesce(c.name, c.customer) AS name, c.business_circle, c.category AS shop_category,
       c.sales_status,
       substr(concat(', ' || c.business_circle, ', ' || c.category, ', ' || c.sales_status), 3) AS segment,
       c.owner AS person, c.region, c.tier, c.status, concat(c.region, char(31), c.owner) AS place,
       coalesce(n.amount, 0) AS revenue, coalesce(n.quantity, 0) AS volume,
       CASE k.known WHEN 1 THEN coalesce(b.amount, 0) - coalesce(n.amount, 0) - coalesce(l.amount, 0) END AS revenue_before,
       CASE k.known WHEN 1 THEN coalesce(b.quantity, 0) - coalesce(n.quantity, 0) - coalesce(l.quantity, 0) END
           AS volume_before,
       CASE WHEN n.customer IS NULL THEN 0 ELSE 1 END AS buying,
       CASE WHEN c.since IS NULL OR c.since < month_first(add_months(as_of_month(), -11)) THEN 1
           ELSE 0 END AS settled
FROM customers AS c
JOIN known AS k
LEFT JOIN segments_12 AS n ON n.customer = c.customer
LEFT JOIN segments_24 AS b ON b.customer = c.customer
LEFT JOIN later AS l ON l.customer = c.customer
WHERE coalesce(c.business_circle, c.category, c.sales_status) IS NOT NULL;

-- What a volume counts: the unit of the products that these customers bought in two years, where all
-- have the same; else each product its own.
CREATE VIEW segments_unit AS
WITH sold AS (
    SELECT DISTINCT unit
    FROM segments_months
    WHERE quantity <> 0 AND coalesce(business_circle, category, sales_status) IS NOT NULL
    ORDER BY unit
)
SELECT CASE WHEN count(*) = 1 AND count(unit) = 1 THEN t('The unit is that of all products here: {1}.', max(unit))
            ELSE t('The unit is each product''s own{1}.', coalesce(' (' || group_concat(unit, ', ') || ')', ''))
            END AS text
FROM sold
HAVING count(*) > 0;

-- Which customers count for a scope, by their place.
CREATE VIEW segments_scopes AS
WITH places AS (
    SELECT DISTINCT place, region, person FROM segments_customers
)
SELECT 'company' AS scope, 'company' AS of, place FROM places
UNION ALL
SELECT 'region', w.within, p.place
FROM places AS p
JOIN regions_within AS w ON w.region = p.region
UNION ALL
SELECT 'person', person, place FROM places WHERE person IS NOT NULL;

-- Sums of each segment, by scope. price_12 = revenue ÷ volume, NULL without volume; growth of both
-- against the same period of last year, NULL where nothing was bought then. Money, units.
CREATE VIEW segments_groups AS
WITH sums AS (
    SELECT place, business_circle, shop_category, sales_status, segment, count(*) AS customers,
           sum(buying) AS buyers,
           sum(revenue) AS revenue, sum(volume) AS volume, sum(revenue_before) AS revenue_before,
           sum(volume_before) AS volume_before
    FROM segments_customers
    GROUP BY place, business_circle, shop_category, sales_status, segment
)
SELECT s.scope, s.of, g.business_circle, g.shop_category, g.sales_status, g.segment,
       sum(g.customers) AS segment_customers,
       sum(g.buyers) AS segment_buyers, sum(g.revenue) AS revenue, sum(g.volume) AS volume,
       sum(g.revenue_before) AS revenue_before, sum(g.volume_before) AS volume_before
FROM sums AS g
JOIN segments_scopes AS s ON s.place = g.place
GROUP BY s.scope, s.of, g.business_circle, g.shop_category, g.sales_status, g.segment;

-- The same by each of the three alone: kind says which. A customer who lacks it is left out.
CREATE VIEW segments_parts AS
WITH parts AS (
    SELECT scope, of, 'circle' AS kind, business_circle AS name, segment_customers, segment_buyers, revenue, volume,
           revenue_before, volume_before
    FROM segments_groups
    UNION ALL
    SELECT scope, of, 'category', shop_category, segment_customers, segment_buyers, revenue, volume, revenue_before,
           volume_before
    FROM segments_groups
    UNION ALL
    SELECT scope, of, 'status', sales_status, segment_customers, segment_buyers, revenue, volume, revenue_before,
           volume_before
    FROM segments_groups
)
SELECT scope, of, kind, name, sum(segment_customers) AS segment_customers, sum(segment_buyers) AS segment_buyers,
       sum(revenue) AS revenue, sum(volume) AS volume, sum(revenue_before) AS revenue_before,
       sum(volume_before) AS volume_before
FROM parts
WHERE name IS NOT NULL
GROUP BY scope, of, kind, name;

-- Each scope as a whole.
CREATE VIEW segments_wholes AS
SELECT scope, of, count(*) AS segments, sum(segment_customers) AS segment_customers,
       sum(segment_buyers) AS segment_buyers, sum(revenue) AS revenue, sum(volume) AS volume,
       sum(revenue_before) AS revenue_before, sum(volume_before) AS volume_before
FROM segments_groups
GROUP BY scope, of;

-- Each customer against the others of its segment: those who have been customers for 12 months and
-- bought in them, from ten on. robust z = 0.6745 × (x − median) ÷ median of |x − median|, of x = ln
-- volume, for half and double are equally far; NULL where the deviation is 0. Beyond ± 3.5: out of
-- line (B. Iglewicz & D. C. Hoaglin, How to Detect and Handle Outliers, 1993). The same of the price
-- per unit, of customers with 50 units at least.
CREATE VIEW segments_compared AS
WITH members AS (
    SELECT customer, segment, volume, ln(volume) AS x,
           CASE WHEN volume >= 50 AND revenue > 0 THEN ln(ratio(revenue, volume)) END AS y
    FROM segments_customers
    WHERE settled = 1 AND volume > 0
),
middles AS (
    SELECT segment, count(*) AS n, count(y) AS n_price, median(x) AS x, median(y) AS y, median(volume) AS volume
    FROM members
    GROUP BY segment
    HAVING count(*) >= 10
),
spreads AS (
    SELECT m.segment, median(abs(m.x - d.x)) AS x, median(abs(m.y - d.y)) AS y
    FROM members AS m
    JOIN middles AS d ON d.segment = m.segment
    GROUP BY m.segment
)
SELECT m.customer, m.segment, m.volume, d.n, CAST(round(d.volume) AS INTEGER) AS middle,
       CASE WHEN s.x > 1e-9 THEN ratio(0.6745 * (m.x - d.x), s.x) END AS z_volume,
       CASE WHEN s.y > 1e-9 AND d.n_price >= 10 THEN ratio(0.6745 * (m.y - d.y), s.y) END AS z_price
FROM members AS m
JOIN middles AS d ON d.segment = m.segment
JOIN spreads AS s ON s.segment = m.segment;

-- Those out of line. cost: what they are below the middle, at the price of their segment. Files that
-- say lost or dormant are known of and left out downwards.
CREATE VIEW segments_outliers AS
SELECT c.customer, c.name, c.segment, c.person, c.region, c.place, c.tier, c.status, c.volume, o.middle, o.n,
       o.z_volume, o.z_price,
       CASE WHEN o.z_volume < -3.5 THEN 'below' WHEN o.z_volume > 3.5 THEN 'above' ELSE 'price' END AS side,
       CASE WHEN o.z_volume < -3.5 AND g.volume > 0
            THEN CAST(round(ratio(1.0 * (o.middle - c.volume) * g.revenue, g.volume)) AS INTEGER) END AS cost
FROM segments_compared AS o
JOIN segments_customers AS c ON c.customer = o.customer
JOIN segments_groups AS g
  ON g.scope = 'company' AND g.segment = c.segment AND g.business_circle IS c.business_circle
     AND g.shop_category IS c.shop_category AND g.sales_status IS c.sales_status
WHERE (o.z_volume < -3.5 AND coalesce(c.status, '') NOT IN ('lost', 'dormant')) OR o.z_volume > 3.5 OR abs(o.z_price) > 3.5;

-- How many, by scope.
CREATE VIEW segments_outlier_counts AS
SELECT s.scope, s.of, sum(o.side = 'below') AS far_below, sum(o.side = 'above') AS far_above,
       sum(CASE o.side WHEN 'below' THEN o.middle - o.volume END) AS gap, sum(o.cost) AS cost
FROM segments_outliers AS o
JOIN segments_scopes AS s ON s.place = o.place
GROUP BY s.scope, s.of;

-- ---- what the whole reads ----

-- Key figures of each scope: the price per unit, and who is far below their segment.
CREATE VIEW segments_scope_figures AS
SELECT scope, of, 40 AS rank, 'price_12' AS name, CAST(round(ratio(revenue, volume)) AS INTEGER) AS value,
       NULL AS target, CAST(round(ratio(revenue_before, volume_before)) AS INTEGER) AS before, NULL AS series
FROM segments_wholes
WHERE volume > 0
UNION ALL
SELECT scope, of, 40, 'volume', volume, NULL, volume_before, NULL FROM segments_wholes WHERE volume > 0
UNION ALL
SELECT scope, of, 40, 'far_below', far_below, NULL, NULL, NULL FROM segments_outlier_counts WHERE far_below > 0;

-- The start page's figures: those of the company.
CREATE VIEW segments_figures AS
SELECT rank, name, value, target, before, series, 'segments' AS page, NULL AS key
FROM segments_scope_figures
WHERE scope = 'company';

-- Segments of ten buyers at least that grew and fell most in volume against the same period of last
-- year, by scope.
CREATE VIEW segments_movers AS
WITH moved AS (
    SELECT scope, of, segment, segment_buyers, volume - volume_before AS change,
           ratio(volume, volume_before) - 1 AS growth
    FROM segments_groups
    WHERE segment_buyers >= 10 AND volume_before > 0
)
SELECT scope, of, segment, segment_buyers, change, growth,
       row_number() OVER (PARTITION BY scope, of ORDER BY change DESC, segment) AS place_up,
       row_number() OVER (PARTITION BY scope, of ORDER BY change, segment) AS place_down
FROM moved;

-- What follows from the figures, in sentences, by scope.
CREATE VIEW segments_findings AS
WITH largest AS (
    SELECT g.scope, g.of, g.segment, g.segment_customers, ratio(g.volume, w.volume) AS share,
           row_number() OVER (PARTITION BY g.scope, g.of ORDER BY g.volume DESC, g.segment) AS nth
    FROM segments_groups AS g
    JOIN segments_wholes AS w ON w.scope = g.scope AND w.of = g.of AND w.volume > 0
)
SELECT scope, of, 200 AS rank,
       t(CASE far_below WHEN 1 THEN '1 customer is far below its segment: {2} {2:unit|units} a year under its middle, {3}.'
                        ELSE '{1} customers are far below their segments: together {2} {2:unit|units} a year under the middle, {3}.' END,
         far_below, number(gap), short_money(cost)) AS text
FROM segments_outlier_counts
WHERE far_below > 0
UNION ALL
SELECT scope, of, 201,
       concat(t('{1} fell most in volume ({2} {2:unit|units}, {3})', concat(upper(substr(segment, 1, 1)), substr(segment, 2)),
                format(change, '+integer'), format(growth, '+percent1')), '.')
FROM segments_movers
WHERE place_down = 1 AND change < 0
UNION ALL
SELECT scope, of, 202,
       concat(t('{1} grew most in volume ({2} {2:unit|units}, {3})', concat(upper(substr(segment, 1, 1)), substr(segment, 2)),
                format(change, '+integer'), format(growth, '+percent1')), '.')
FROM segments_movers
WHERE place_up = 1 AND change > 0
UNION ALL
SELECT scope, of, 203,
       t(CASE segment_customers WHEN 1 THEN 'The largest segment is {1}: 1 customer, {3} of the volume.'
                                ELSE 'The largest segment is {1}: {2} {2:customer|customers}, {3} of the volume.' END,
         segment, number(segment_customers), format(share, 'percent1'))
FROM largest
WHERE nth = 1;

-- The three who are furthest below their segment in money, and the rest in a line. Owner: who looks
-- after them, or acts for that person.
CREATE VIEW segments_exceptions AS
WITH below AS (
    SELECT customer, name, segment, person, volume, middle, n, z_volume, cost,
           row_number() OVER (ORDER BY cost DESC, customer) AS nth
    FROM segments_outliers
    WHERE side = 'below'
)
SELECT concat('segments:below:', b.customer) AS id, 3 AS severity, b.cost, coalesce(a.owner, c.owner) AS owner,
       t(CASE b.volume WHEN 1 THEN '{1}: bought 1 unit in 12 months, the middle of {3} like it is {4}'
                       ELSE '{1}: bought {2} {2:unit|units} in 12 months, the middle of {3} like it is {4}' END,
         b.name, number(b.volume), b.n, number(b.middle)) AS text,
       CASE WHEN g.customer IS NULL THEN 'segments' ELSE 'customer' END AS page, g.customer AS key, NULL AS since
FROM below AS b
LEFT JOIN customer_pages AS g ON g.customer = b.customer
LEFT JOIN acting_owners AS a ON a.person = b.person
LEFT JOIN company_owner AS c
WHERE b.nth <= 3
UNION ALL
SELECT 'segments:below', 3, sum(b.cost), c.owner,
       t(CASE count(*) WHEN 1 THEN '1 more customer buys far less than others of its segment'
                       ELSE '{1} more customers buy far less than others of their segments' END, count(*)),
       'segments', NULL, NULL
FROM below AS b
LEFT JOIN company_owner AS c
WHERE b.nth > 3
GROUP BY c.owner;
