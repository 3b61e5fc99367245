-- Supply: agreed totals, orders, and what came of them. All quantities in cartons (the unit of
-- sales.quantity). A customer's month belongs to who agreed its total, else to who looks after the
-- customer; to the customer's region.

-- The month for which totals can still be moved: the running one while working days are left in it,
-- else the next. base_month: the month whose totals are moved, the running one where none are
-- agreed yet for the next. closed: the last month without working days left. since: the first of
-- the 12 months before the planned one. running: the as-of date's month.
CREATE VIEW supply_plan AS
WITH state AS (
    SELECT CASE WHEN gone < working_days THEN 0 ELSE 1 END AS over FROM calendar WHERE month = as_of_month()
),
plan AS (
    SELECT over, add_months(as_of_month(), over) AS month, add_months(as_of_month(), over - 1) AS closed,
           add_months(as_of_month(), over - 12) AS since
    FROM state
)
SELECT p.over, p.month, p.closed, p.since, as_of_month() AS running,
       CASE WHEN EXISTS (SELECT 1 FROM agreements AS a WHERE a.month = p.month) THEN p.month
            ELSE as_of_month() END AS base_month
FROM plan AS p;

-- Each customer's month, of this month and the 12 before, and months to come with an agreed total;
-- of several totals of one month the one agreed last (a bare column beside max() comes from the row
-- of the maximum). agreed is NULL without one. first, last: supplied on the days 1–10 and from 21
-- on; last_wanted: wanted from day 21 on.
CREATE VIEW supply_months AS
WITH totals AS (
    SELECT month, customer, agreed, agreed_by, max(agreed_on) AS agreed_on
    FROM agreements
    WHERE month >= (SELECT add_months(running, -12) FROM supply_plan)
    GROUP BY customer, month
),
cells AS (
    SELECT month, customer, agreed, agreed_by, agreed_on, 0 AS wanted, 0 AS supplied, 0 AS first, 0 AS last,
           0 AS last_wanted
    FROM totals
    UNION ALL
    SELECT substr(tenday, 1, 7), customer, NULL, NULL, NULL, wanted, supplied,
           CASE WHEN substr(tenday, 9) = '1' THEN supplied ELSE 0 END,
           CASE WHEN substr(tenday, 9) = '3' THEN supplied ELSE 0 END,
           CASE WHEN substr(tenday, 9) = '3' THEN wanted ELSE 0 END
    FROM supply_orders_tenday
)
SELECT customer, month, max(agreed) AS agreed, max(agreed_by) AS agreed_by, max(agreed_on) AS agreed_on,
       sum(wanted) AS wanted, sum(supplied) AS supplied, sum(first) AS first, sum(last) AS last,
       sum(last_wanted) AS last_wanted
FROM cells
GROUP BY customer, month;

-- Customers' months at the limit. ran_out: 1 where the total was used up and more was wanted from
-- day 21 on than came; refused: how much of that did not come. over: supplied beyond the total.
CREATE VIEW supply_limits AS
SELECT m.customer, coalesce(m.agreed_by, c.owner) AS person, c.region, m.month, m.agreed, m.supplied,
       CASE WHEN m.last_wanted > m.last THEN 1 ELSE 0 END AS ran_out,
       max(m.last_wanted - m.last, 0) AS refused, m.supplied - m.agreed AS over
FROM supply_months AS m
JOIN customers AS c ON c.customer = m.customer
WHERE m.supplied >= m.agreed AND (m.last_wanted > m.last OR m.supplied > m.agreed);

-- Shares of the first ten days and of those from day 21 on, were supply even over the working days;
-- of the running month over those gone. NULL where none has gone.
CREATE VIEW supply_even AS
WITH parts AS (
    SELECT month, gone,
           working_days(first, min(add_days(first, 9), as_of())) AS first_days,
           CASE WHEN as_of() > add_days(first, 19)
                THEN working_days(add_days(first, 20), min(last, as_of())) ELSE 0 END AS last_days
    FROM calendar
    WHERE month >= add_months(as_of_month(), -12) AND month <= as_of_month()
)
SELECT month, ratio(first_days, gone) AS even_first, ratio(last_days, gone) AS even_last FROM parts;

-- Each scope's month up to the as-of date.
--   limit use = supplied to customers with an agreed total ÷ agreed; NULL without agreed totals
--   demand met = supplied ÷ wanted; NULL where nothing was wanted
--   swing = (share of the last ten days − its share if even) − (the same of the first ten);
--   NULL where nothing was supplied
CREATE VIEW supply_by_month AS
WITH limits AS (
    SELECT person, region, month, sum(ran_out) AS ran_out, sum(refused) AS refused, sum(over) AS over
    FROM supply_limits
    GROUP BY person, region, month
),
cells AS (
    SELECT coalesce(m.agreed_by, c.owner) AS person, c.region, m.month, count(m.agreed) AS customers,
           sum(m.agreed) AS agreed, sum(CASE WHEN m.agreed IS NOT NULL THEN m.supplied END) AS used,
           sum(m.wanted) AS wanted, sum(m.supplied) AS supplied, sum(m.first) AS first, sum(m.last) AS last,
           0 AS ran_out, 0 AS refused, 0 AS over
    FROM supply_months AS m
    JOIN customers AS c ON c.customer = m.customer
    WHERE m.month <= (SELECT running FROM supply_plan)
    GROUP BY coalesce(m.agreed_by, c.owner), c.region, m.month
    UNION ALL
    SELECT person, region, month, 0, NULL, NULL, 0, 0, 0, 0, ran_out, refused, over
    FROM limits
    WHERE month <= (SELECT running FROM supply_plan)
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, month, customers, agreed, used, wanted, supplied, first, last,
           ran_out, refused, over
    FROM cells
    UNION ALL
    SELECT 'region', w.within, c.month, c.customers, c.agreed, c.used, c.wanted, c.supplied, c.first, c.last,
           c.ran_out, c.refused, c.over
    FROM cells AS c
    JOIN regions_within AS w ON w.region = c.region
    UNION ALL
    SELECT 'person', person, month, customers, agreed, used, wanted, supplied, first, last, ran_out, refused,
           over
    FROM cells
    WHERE person IS NOT NULL
),
sums AS (
    SELECT scope, of, month, sum(customers) AS customers, sum(agreed) AS agreed, sum(used) AS used,
           sum(wanted) AS wanted, sum(supplied) AS supplied, sum(first) AS first, sum(last) AS last,
           sum(ran_out) AS ran_out, sum(refused) AS refused, sum(over) AS over
    FROM scoped
    GROUP BY scope, of, month
)
SELECT s.scope, s.of, s.month, s.customers, s.agreed, s.used, s.wanted, s.supplied, s.first, s.last,
       s.ran_out, s.refused, s.over, ratio(s.used, s.agreed) AS limit_use,
       ratio(s.supplied, s.wanted) AS demand_met,
       ratio(s.first, s.supplied) AS first_share, ratio(s.last, s.supplied) AS last_share, e.even_first,
       e.even_last,
       ratio(s.last, s.supplied) - e.even_last - ratio(s.first, s.supplied) + e.even_first AS swing
FROM sums AS s
LEFT JOIN supply_even AS e ON e.month = s.month;

-- The last 12 closed months by scope; even shares weighted by what was supplied. others_use: the
-- rest of the company in the same months; NULL where there is no rest. ran_out, refused: in the
-- month of the as-of date.
CREATE VIEW supply_year AS
WITH sums AS (
    SELECT m.scope, m.of, sum(m.agreed) AS agreed, sum(m.used) AS used, sum(m.wanted) AS wanted,
           sum(m.supplied) AS supplied, sum(m.first) AS first, sum(m.last) AS last,
           sum(m.supplied * m.even_first) AS even_first, sum(m.supplied * m.even_last) AS even_last
    FROM supply_by_month AS m
    JOIN supply_plan AS p ON m.month <= p.closed AND m.month > add_months(p.closed, -12)
    GROUP BY m.scope, m.of
)
SELECT s.scope, s.of, s.agreed, s.used, s.wanted, s.supplied, ratio(s.used, s.agreed) AS limit_use,
       ratio(c.used - s.used, c.agreed - s.agreed) AS others_use, ratio(s.supplied, s.wanted) AS demand_met,
       ratio(s.first, s.supplied) AS first_share, ratio(s.last, s.supplied) AS last_share,
       ratio(s.even_first, s.supplied) AS even_first, ratio(s.even_last, s.supplied) AS even_last,
       ratio(s.last - s.even_last - s.first + s.even_first, s.supplied) AS swing
FROM sums AS s
JOIN sums AS c ON c.scope = 'company';

-- People whose customers use so little of what is agreed that the totals must be too large: less
-- than three quarters of the use at the others, over 12 closed months.
CREATE VIEW supply_generous AS
SELECT of AS person, agreed, used, limit_use, others_use
FROM supply_year
WHERE scope = 'person' AND limit_use < 0.75 * others_use;

-- Totals agreed for the month that is planned, against history and segment.
--   usual wanted = mean of the months with an agreed total among the 12 before; from 3 on
--   headroom = agreed ÷ usual wanted; NULL where nothing was ever wanted
--   typical = median headroom of the segment (business circle, category, sales status), from 5 on
-- Too large: agreed at least 1.5 × usual wanted, and headroom at least 1.25 × typical. Too small:
-- less than usual wanted, and headroom under typical. Without a history: at least twice, or at most
-- half of, the segment's median total. fair: usual wanted × typical, of all customers where the
-- segment is too small for one; not less than has been supplied already.
CREATE VIEW supply_fit AS
WITH history AS (
    SELECT m.customer, count(*) AS months, avg(m.wanted) AS usual
    FROM supply_plan AS p
    JOIN supply_months AS m ON m.month < p.month AND m.month >= p.since
    WHERE m.agreed IS NOT NULL
    GROUP BY m.customer
    HAVING count(*) >= 3
),
totals AS (
    SELECT m.customer, coalesce(m.agreed_by, c.owner) AS person, c.region, p.month, m.agreed, m.agreed_on,
           h.months, h.usual,
           CASE WHEN p.base_month = p.month THEN m.supplied ELSE 0 END AS so_far,
           ratio(m.agreed, h.usual) AS headroom,
           nullif(substr(concat(', ' || c.business_circle, ', ' || c.category, ', ' || c.sales_status), 3),
                  '') AS segment
    FROM supply_plan AS p
    JOIN supply_months AS m ON m.month = p.base_month AND m.agreed IS NOT NULL
    JOIN customers AS c ON c.customer = m.customer
    LEFT JOIN history AS h ON h.customer = m.customer
),
segments AS (
    SELECT segment, CASE WHEN count(headroom) >= 5 THEN median(headroom) END AS typical,
           CASE WHEN count(*) >= 5 THEN median(agreed) END AS typical_total
    FROM totals
    WHERE segment IS NOT NULL
    GROUP BY segment
),
everybody AS (
    SELECT median(headroom) AS typical FROM totals
),
judged AS (
    SELECT t.customer, t.person, t.region, t.month, t.agreed, t.agreed_on, t.so_far, t.months, t.usual,
           t.headroom, t.segment, s.typical, s.typical_total,
           CASE WHEN t.usual IS NULL THEN s.typical_total
                ELSE t.usual * coalesce(s.typical, e.typical, 1) END AS fair,
           CASE WHEN t.usual IS NULL AND t.agreed >= 2 * s.typical_total THEN 'large'
                WHEN t.usual IS NULL AND t.agreed <= 0.5 * s.typical_total THEN 'small'
                WHEN t.agreed > 0 AND t.agreed >= 1.5 * t.usual
                     AND (t.headroom IS NULL OR s.typical IS NULL
                          OR t.headroom >= 1.25 * s.typical) THEN 'large'
                WHEN t.agreed < t.usual AND (s.typical IS NULL OR t.headroom < s.typical) THEN 'small'
           END AS fit
    FROM totals AS t
    LEFT JOIN segments AS s ON s.segment = t.segment
    LEFT JOIN everybody AS e
)
SELECT customer, person, region, month, agreed, agreed_on, so_far, months, usual, headroom, segment, typical,
       typical_total, fit, max(CAST(ceil(fair - 0.000001) AS INTEGER), so_far) AS fair
FROM judged;

-- What each person's customers have to spare, lack, and can give each other: the smaller of the two.
-- Who has agreed a total today has just been asked and is left alone.
CREATE VIEW supply_pools AS
SELECT person, month, sum(agreed) AS agreed, count(CASE WHEN fit = 'large' THEN 1 END) AS too_large,
       count(CASE WHEN fit = 'small' THEN 1 END) AS too_small,
       coalesce(sum(CASE WHEN fit = 'large' AND agreed > fair THEN agreed - fair END), 0) AS to_spare,
       coalesce(sum(CASE WHEN fit = 'small' AND agreed < fair THEN fair - agreed END), 0) AS lacking
FROM supply_fit
WHERE agreed_on < as_of() OR fit IS NULL
GROUP BY person, month;

-- Rebalancing proposal: moves between customers of one person that leave the person's total as it
-- is. What can be moved is shared out over those who spare and those who lack, each by their part,
-- by largest remainder; so nobody gives or takes more than that. Cartons.
CREATE VIEW supply_moves AS
WITH sides AS (
    SELECT f.person, f.customer, f.month, f.agreed, f.usual, f.headroom, f.typical, f.fit,
           min(p.to_spare, p.lacking) AS moved,
           CASE WHEN f.fit = 'large' THEN max(f.agreed - f.fair, 0) ELSE 0 END AS spare,
           CASE WHEN f.fit = 'small' THEN max(f.fair - f.agreed, 0) ELSE 0 END AS lack,
           concat('c', row_number() OVER (PARTITION BY f.person ORDER BY f.customer)) AS nth
    FROM supply_fit AS f
    JOIN supply_pools AS p ON p.person = f.person
    WHERE f.fit IS NOT NULL AND f.agreed_on < as_of() AND min(p.to_spare, p.lacking) > 0
),
parts AS (
    SELECT person, share_out(moved, spare, nth) AS gives, share_out(moved, lack, nth) AS takes
    FROM sides
    GROUP BY person, moved
),
changes AS (
    SELECT s.person, s.customer, s.month, s.agreed, s.usual, s.headroom, s.typical, s.fit,
           CAST(p.takes ->> s.nth AS INTEGER) - CAST(p.gives ->> s.nth AS INTEGER) AS move
    FROM sides AS s
    JOIN parts AS p ON p.person = s.person
)
SELECT person, customer, month, agreed, usual, headroom, typical, fit, move, agreed + move AS proposed
FROM changes
WHERE move <> 0;

-- ---- demand ----

-- Price of a carton: revenue ÷ quantity of the last 12 months. Money; NULL where nothing was sold.
CREATE VIEW supply_price AS
SELECT ratio(sum(revenue), sum(quantity)) AS price
FROM revenue_by_month
WHERE scope = 'company' AND month > add_months(as_of_month(), -12);

-- Demand by brand, this month and the two before. cost: unmet × the mean list price of the brand's
-- products, without one × the price of a carton. Money.
CREATE VIEW supply_brands AS
WITH prices AS (
    SELECT brand, avg(list_price) AS price FROM products GROUP BY brand
),
recent AS (
    SELECT p.brand, o.owner, o.region, sum(o.wanted) AS wanted, sum(o.supplied) AS supplied
    FROM supply_orders_product AS o
    JOIN products AS p ON p.product = o.product
    GROUP BY p.brand, o.owner, o.region
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, brand, wanted, supplied FROM recent
    UNION ALL
    SELECT 'region', w.within, r.brand, r.wanted, r.supplied
    FROM recent AS r
    JOIN regions_within AS w ON w.region = r.region
    UNION ALL
    SELECT 'person', owner, brand, wanted, supplied FROM recent WHERE owner IS NOT NULL
)
SELECT s.scope, s.of, coalesce(s.brand, t('without a brand')) AS brand, sum(s.wanted) AS wanted,
       sum(s.supplied) AS supplied, sum(s.wanted) - sum(s.supplied) AS unmet,
       ratio(sum(s.supplied), sum(s.wanted)) AS demand_met,
       CAST(round((sum(s.wanted) - sum(s.supplied)) * coalesce(p.price, c.price)) AS INTEGER) AS cost
FROM scoped AS s
LEFT JOIN prices AS p ON p.brand IS s.brand
LEFT JOIN supply_price AS c
GROUP BY s.scope, s.of, s.brand;

-- Demand by product, this month and the two before. cost: unmet × list price, else the price of a
-- carton. Money.
CREATE VIEW supply_products AS
SELECT o.product, sum(o.wanted) AS wanted, sum(o.supplied) AS supplied, sum(o.wanted) - sum(o.supplied) AS unmet,
       ratio(sum(o.supplied), sum(o.wanted)) AS demand_met,
       CAST(round((sum(o.wanted) - sum(o.supplied)) * coalesce(p.list_price, c.price)) AS INTEGER) AS cost
FROM supply_orders_product AS o
JOIN products AS p ON p.product = o.product
LEFT JOIN supply_price AS c
GROUP BY o.product;

-- Brands that each customer was supplied this month and in the two before.
CREATE VIEW supply_brands_offered AS
SELECT o.customer, c.owner AS person, c.region, count(*) AS brands
FROM supply_orders_choice AS o
JOIN customers AS c ON c.customer = o.customer
WHERE o.supplied > 0
GROUP BY o.customer;

-- Choice: their mean over the customers who were supplied at all.
CREATE VIEW supply_choice AS
WITH cells AS (
    SELECT person, region, count(*) AS customers, sum(brands) AS brands
    FROM supply_brands_offered
    GROUP BY person, region
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, customers, brands FROM cells
    UNION ALL
    SELECT 'region', w.within, c.customers, c.brands
    FROM cells AS c
    JOIN regions_within AS w ON w.region = c.region
    UNION ALL
    SELECT 'person', person, customers, brands FROM cells WHERE person IS NOT NULL
)
SELECT scope, of, sum(customers) AS customers, ratio(sum(brands), sum(customers)) AS choice
FROM scoped
GROUP BY scope, of;

-- Customers who could not order at the end of this month, or of the month before while the last ten
-- days have not come. cost: what they were refused × the price of a carton. Money.
CREATE VIEW supply_ran_out AS
SELECT m.customer, m.person, m.region, m.month, m.agreed, m.supplied, m.refused,
       CAST(round(m.refused * c.price) AS INTEGER) AS cost
FROM supply_limits AS m
LEFT JOIN supply_price AS c
WHERE m.ran_out = 1
  AND m.month = CASE WHEN substr(as_of(), 9) > '20' THEN as_of_month() ELSE add_months(as_of_month(), -1) END;

-- ---- what the whole reads ----

-- Key figures of each scope, of the month. before: the same month of the year before; use of the
-- limit has one only when the month is over, for it grows with the month.
CREATE VIEW supply_scope_figures AS
WITH trend AS (
    SELECT scope, of, series(month, limit_use) AS uses, series(month, demand_met) AS mets,
           series(month, ran_out) AS outs
    FROM supply_by_month
    GROUP BY scope, of
),
now AS (
    SELECT n.scope, n.of, n.limit_use, n.demand_met, n.ran_out, n.agreed,
           CASE p.over WHEN 1 THEN b.limit_use END AS use_before, b.demand_met AS met_before,
           CASE p.over WHEN 1 THEN b.ran_out END AS out_before, r.uses, r.mets, r.outs
    FROM supply_by_month AS n
    JOIN supply_plan AS p
    JOIN trend AS r ON r.scope = n.scope AND r.of = n.of
    LEFT JOIN supply_by_month AS b ON b.scope = n.scope AND b.of = n.of
                                  AND b.month = add_months(as_of_month(), -12)
    WHERE n.month = as_of_month()
)
SELECT scope, of, 12 AS rank, 'limit_use' AS name, limit_use AS value, NULL AS target, use_before AS before,
       uses AS series, t('Use of the limit this month') AS label
FROM now
WHERE limit_use IS NOT NULL
UNION ALL
SELECT scope, of, 13, 'demand_met', demand_met, NULL, met_before, mets, t('Demand met this month') FROM now WHERE demand_met IS NOT NULL
UNION ALL
SELECT scope, of, 45, 'ran_out', ran_out, NULL, out_before, outs, t('Could not order this month') FROM now WHERE agreed IS NOT NULL;

-- The months so far of the fiscal quarter and year, of company and regions; totals agreed for months to come are not in
-- it. before: the same months of the year before, where all are known; of the use of the limit only when the running
-- month is over, for totals are of whole months.
CREATE VIEW supply_periods AS
SELECT n.scope, n.of, p.grain, sum(n.agreed) AS agreed, sum(n.used) AS used, ratio(sum(n.used), sum(n.agreed)) AS limit_use,
       ratio(sum(n.supplied), sum(n.wanted)) AS demand_met,
       CASE WHEN count(b.month) = count(*) AND max(q.over) = 1 THEN ratio(sum(b.used), sum(b.agreed)) END AS use_before,
       CASE WHEN count(b.month) = count(*) THEN ratio(sum(b.supplied), sum(b.wanted)) END AS met_before
FROM report_periods AS p
JOIN supply_plan AS q
JOIN supply_by_month AS n ON n.month >= p.first AND n.month <= as_of_month() AND n.scope IN ('company', 'region')
LEFT JOIN supply_by_month AS b ON b.scope = n.scope AND b.of = n.of AND b.month = add_months(n.month, -12)
GROUP BY n.scope, n.of, p.grain;

CREATE VIEW supply_period_figures AS
WITH trend AS (
    SELECT scope, of, series(month, limit_use) AS uses, series(month, demand_met) AS mets
    FROM supply_by_month
    WHERE scope IN ('company', 'region')
    GROUP BY scope, of
)
SELECT s.scope, s.of, s.grain, 12 AS rank, 'limit_use' AS name, s.limit_use AS value, NULL AS target,
       s.use_before AS before, r.uses AS series
FROM supply_periods AS s
JOIN trend AS r ON r.scope = s.scope AND r.of = s.of
WHERE s.limit_use IS NOT NULL
UNION ALL
SELECT s.scope, s.of, s.grain, 13, 'demand_met', s.demand_met, NULL, s.met_before, r.mets
FROM supply_periods AS s
JOIN trend AS r ON r.scope = s.scope AND r.of = s.of
WHERE s.demand_met IS NOT NULL;

CREATE VIEW supply_period_findings AS
SELECT s.scope, s.of, s.grain, 7 AS rank,
       CASE WHEN s.limit_use IS NULL
            THEN t('Demand of {1} was met to {2}.', p.span, format(s.demand_met, 'percent1'))
            WHEN s.demand_met IS NULL
            THEN t('{1} of the {2} {2:carton|cartons} agreed for {3} were taken.', percent(s.limit_use), s.agreed, p.span)
            ELSE t('{1} of the {2} {2:carton|cartons} agreed for {3} were taken, and demand was met to {4}.',
                   percent(s.limit_use), s.agreed, p.span, format(s.demand_met, 'percent1')) END AS text
FROM supply_periods AS s
JOIN report_periods AS p ON p.grain = s.grain
WHERE s.limit_use IS NOT NULL OR s.demand_met IS NOT NULL;

-- The start page's figures: those of the company.
CREATE VIEW supply_figures AS
SELECT rank, name, value, target, before, series, 'supply' AS page, NULL AS key
FROM supply_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences.
CREATE VIEW supply_findings AS
WITH month AS (
    SELECT scope, of, agreed, limit_use, demand_met, ran_out, refused
    FROM supply_by_month
    WHERE month = as_of_month()
),
short AS (
    SELECT scope, of, brand, unmet, demand_met, cost,
           row_number() OVER (PARTITION BY scope, of ORDER BY unmet DESC, brand) AS nth
    FROM supply_brands
    WHERE unmet > 0
),
pools AS (
    SELECT 'company' AS scope, 'company' AS of, month, sum(too_large) AS too_large,
           sum(too_small) AS too_small, sum(min(to_spare, lacking)) AS moved
    FROM supply_pools
    GROUP BY month
    UNION ALL
    SELECT 'person', person, month, too_large, too_small, min(to_spare, lacking)
    FROM supply_pools
    WHERE person IS NOT NULL
)
SELECT scope, of, 250 AS rank,
       concat(CASE WHEN limit_use IS NULL THEN ''
                   ELSE t('{1} of the {2} {2:carton|cartons} agreed for {3} were taken. ', percent(limit_use), agreed,
                          month_text(as_of_month())) END,
              CASE WHEN demand_met IS NULL THEN ''
                   ELSE t('Demand was met to {1}. ', format(demand_met, 'percent1')) END,
              CASE ran_out WHEN 0 THEN ''
                           WHEN 1 THEN t('1 customer could not order in the last ten days.')
                           ELSE t('{1} customers could not order in the last ten days.', ran_out) END) AS text
FROM month
WHERE limit_use IS NOT NULL OR demand_met IS NOT NULL
UNION ALL
SELECT scope, of, 251,
       t('{1} is what lacks most: {2} {2:carton|cartons} of it were wanted and did not come since {3}, {4} of its demand was met.',
         brand, unmet, month_text(add_months(as_of_month(), -2)), percent(demand_met))
FROM short
WHERE nth = 1
UNION ALL
SELECT 'company', 'company', 252,
       t(CASE count(*) WHEN 1 THEN '{2} agrees too large totals: {3} of them are used, {4} at the others.'
                       ELSE '{1} people agree too large totals, {2} most of all: {3} of them are used, {4} at the others.'
         END, count(*), w.name, percent(min(g.limit_use)), percent(g.others_use))
FROM supply_generous AS g
LEFT JOIN people_names AS w ON w.person = g.person
HAVING count(*) > 0
UNION ALL
SELECT 'person', person, 252,
       t('Agreed totals are too large: {1} of them were used in 12 months, {2} at the others.',
         percent(limit_use), percent(others_use))
FROM supply_generous
UNION ALL
SELECT scope, of, 253,
       concat(t(CASE too_large WHEN 1 THEN '1 total agreed for {2} is too large'
                               ELSE '{1} totals agreed for {2} are too large' END, too_large,
                month_text(month)),
              t(CASE too_small WHEN 1 THEN ' and 1 too small against history and segment'
                               ELSE ' and {1} too small against history and segment' END, too_small),
              CASE moved WHEN 0 THEN '.'
                         WHEN 1 THEN t('; 1 carton could be moved.')
                         ELSE t('; {1} {1:carton|cartons} could be moved.', moved) END)
FROM pools
WHERE too_large + too_small > 0
UNION ALL
SELECT scope, of, 254,
       t('Supply swung to the end of {1}: {2} came in its last ten days, {3} if it were even.',
         month_text(month), percent(last_share), percent(even_last))
FROM supply_by_month AS m
WHERE m.swing >= 0.15 AND m.month = (SELECT p.closed FROM supply_plan AS p);

-- A line each for people whose customers ran out (today's business while the month runs), who agree
-- too large totals, whose supply swings to the end of the month or went over the limit; and for
-- brands of which less than four fifths of the demand was met. cost: refused or unmet cartons at
-- their price. People who left are let be.
CREATE VIEW supply_exceptions AS
WITH here AS (
    SELECT person FROM people WHERE left IS NULL OR left > as_of()
),
out AS (
    SELECT person, month, count(*) AS customers, min(customer) AS customer, sum(refused) AS refused,
           sum(cost) AS cost
    FROM supply_ran_out
    GROUP BY person, month
)
SELECT concat('supply:out:', o.person, ':', o.month) AS id,
       CASE WHEN o.month = as_of_month() AND p.over = 0 THEN 1 ELSE 2 END AS severity, o.cost,
       o.person AS owner,
       CASE o.customers
            WHEN 1 THEN t('{1} could not order in the last ten days of {2}: {3} {3:carton|cartons}', coalesce(c.name, c.customer),
                          month_text(o.month), o.refused)
            ELSE t('{1} customers could not order in the last ten days of {2}: {3} {3:carton|cartons}', o.customers,
                   month_text(o.month), o.refused) END AS text,
       CASE o.customers WHEN 1 THEN 'customer' ELSE 'person' END AS page,
       CASE o.customers WHEN 1 THEN o.customer ELSE o.person END AS key,
       add_days(month_first(o.month), 20) AS since
FROM out AS o
JOIN here AS h ON h.person = o.person
JOIN customers AS c ON c.customer = o.customer
JOIN supply_plan AS p
UNION ALL
SELECT concat('supply:generous:', g.person), 2, NULL, g.person,
       t('Agreed totals are too large: {1} of them were used in 12 months, {2} at the others',
         percent(g.limit_use), percent(g.others_use)),
       'person', g.person, month_first(add_months(p.closed, -11))
FROM supply_generous AS g
JOIN here AS h ON h.person = g.person
JOIN supply_plan AS p
UNION ALL
SELECT concat('supply:swing:', m.of, ':', m.month), 3, NULL, m.of,
       t('{1} of the supply of {2} came in its last ten days, {3} if it were even', percent(m.last_share),
         month_text(m.month), percent(m.even_last)),
       'person', m.of, add_days(month_first(m.month), 20)
FROM supply_by_month AS m
JOIN here AS h ON h.person = m.of
JOIN supply_plan AS p ON p.closed = m.month
WHERE m.scope = 'person' AND m.swing >= 0.15
UNION ALL
SELECT concat('supply:over:', m.of, ':', m.month), 3, NULL, m.of,
       t(CASE m.over WHEN 1 THEN '1 carton was supplied over the agreed totals of {2}'
                     ELSE '{1} {1:carton was|cartons were} supplied over the agreed totals of {2}' END, m.over,
         month_text(m.month)),
       'person', m.of, month_first(m.month)
FROM supply_by_month AS m
JOIN here AS h ON h.person = m.of
WHERE m.scope = 'person' AND m.over > 0 AND m.month >= add_months(as_of_month(), -1)
UNION ALL
SELECT concat('supply:brand:', b.brand), 2, b.cost, o.owner,
       t('{1}: {2} of the demand since {3} was met, {4} {4:carton was|cartons were} not supplied', b.brand,
         percent(b.demand_met), month_text(add_months(as_of_month(), -2)), b.unmet),
       'supply', NULL, month_first(add_months(as_of_month(), -2))
FROM supply_brands AS b
LEFT JOIN company_owner AS o
WHERE b.scope = 'company' AND b.demand_met < 0.8 AND b.unmet >= 20;

-- By person and month; choice for the month of the as-of date alone.
CREATE VIEW supply_measures AS
SELECT of AS person, month, 'limit_use' AS measure, limit_use AS value
FROM supply_by_month
WHERE scope = 'person' AND limit_use IS NOT NULL
UNION ALL
SELECT of, month, 'demand_met', demand_met
FROM supply_by_month
WHERE scope = 'person' AND demand_met IS NOT NULL
UNION ALL
SELECT of, month, 'ran_out', ran_out FROM supply_by_month WHERE scope = 'person' AND agreed IS NOT NULL
UNION ALL
SELECT of, month, 'swing', swing FROM supply_by_month WHERE scope = 'person' AND swing IS NOT NULL
UNION ALL
SELECT of, as_of_month(), 'choice', choice FROM supply_choice WHERE scope = 'person';

-- A lower limit, a total agreed when its month was over, more supplied than was wanted.
CREATE VIEW supply_checks AS
SELECT 'error' AS severity, 'agreements' AS tbl, _row AS row,
       t('the total agreed with {1} for {2} has a lower limit, {3}', customer, month_text(month),
         lower) AS text,
       t('take it out: agreed totals are upper limits, nobody has to take anything') AS remedy
FROM agreements
WHERE lower IS NOT NULL
UNION ALL
SELECT 'warning', 'agreements', _row,
       t('the total of {1} for {2} was agreed on {3}, when the month was over', customer, month_text(month),
         date_text(agreed_on)),
       t('correct the month or the day')
FROM agreements
WHERE agreed_on > month_last(month)
UNION ALL
SELECT 'warning', 'orders', NULL,
       t('{1} was supplied {2} {2:carton|cartons} in {3}, though only {4} {4:was|were} wanted', customer, supplied, tenday,
         wanted),
       t('correct column wanted: it holds all that was asked for')
FROM supply_orders_tenday
WHERE supplied > wanted;
