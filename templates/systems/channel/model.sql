-- Channel: who sells on, under which contract, how the share of exclusive sales grows, where nobody
-- sells. Revenue of a dealer is what the customer of its contract bought.

-- ---- contracts ----

-- Levels from the lowest to the highest.
CREATE VIEW channel_levels AS
SELECT column1 AS level, column2 AS seq, column3 AS name
FROM (VALUES ('bulk', 1, t('Bulk')), ('shop', 2, t('Shop')), ('city', 3, t('City')),
             ('provincial', 4, t('Provincial')), ('regional general agent', 5, t('General agent')));

-- Each contract with the days on which it holds: from since to until, but no longer than to the day
-- before the dealer's next one. before: the level of the one before it. joins: 1 where no contract
-- held on the day before; goes: 1 where it has an end and none holds on the day after.
CREATE VIEW channel_contracts AS
WITH ordered AS (
    SELECT d.dealer, d.since, d.until, l.seq, l.name AS level_name, d.form,
           CASE WHEN d.exclusive THEN 1 ELSE 0 END AS exclusive,
           d.region, d.customer, coalesce(d.name, c.name, d.dealer) AS name, d.shops, d.display_quality,
           d._row AS file_row,
           row_number() OVER (PARTITION BY d.dealer ORDER BY d.since) AS nth,
           lead(d.since) OVER (PARTITION BY d.dealer ORDER BY d.since) AS next_since,
           lag(d.until) OVER (PARTITION BY d.dealer ORDER BY d.since) AS last_until,
           lag(l.seq) OVER (PARTITION BY d.dealer ORDER BY d.since) AS before,
           lag(l.name) OVER (PARTITION BY d.dealer ORDER BY d.since) AS before_name,
           lag(CASE WHEN d.exclusive THEN 1 ELSE 0 END) OVER (PARTITION BY d.dealer ORDER BY d.since) AS was_exclusive
    FROM dealers AS d
    JOIN channel_levels AS l ON l.level = d.level
    LEFT JOIN customers AS c ON c.customer = d.customer
)
SELECT dealer, since, until,
       CASE WHEN next_since IS NULL THEN until
            WHEN until IS NULL OR until >= next_since THEN add_days(next_since, -1)
            ELSE until END AS ends,
       seq, level_name, form, exclusive, region, customer, name, shops, display_quality, file_row, nth,
       next_since, before, before_name, was_exclusive,
       CASE WHEN nth = 1 OR last_until < add_days(since, -1) THEN 1 ELSE 0 END AS joins,
       CASE WHEN until IS NOT NULL AND (next_since IS NULL OR next_since > add_days(until, 1))
            THEN 1 ELSE 0 END AS goes
FROM ordered
WHERE until IS NULL OR until >= since;

-- What the customers of dealers bought. revenue_12: this month so far and the 11 before; before: the
-- same months, up to the same day, of the year before, NULL where sales do not reach back so far;
-- order_months: months with an order among this one and the five before; first_month: of the first order
-- of 24 months; known_from: the first of all order lines. Money.
CREATE VIEW channel_sales AS
WITH buyers AS (
    SELECT DISTINCT customer FROM dealers WHERE customer IS NOT NULL
),
later AS (
    SELECT customer, sum(amount) AS amount
    FROM (SELECT customer, amount FROM channel_late_13 WHERE NOT to_date
          UNION ALL
          SELECT customer, -amount FROM channel_late_12 WHERE NOT to_date)
    GROUP BY customer
),
sums AS (
    SELECT m.customer,
           sum(CASE WHEN m.month > add_months(as_of_month(), -12) THEN m.amount ELSE 0 END) AS revenue_12,
           sum(CASE WHEN m.month <= add_months(as_of_month(), -12) THEN m.amount ELSE 0 END) AS before,
           count(CASE WHEN m.month > add_months(as_of_month(), -6) AND m.amount > 0 THEN 1 END) AS order_months
    FROM buyers AS b
    JOIN channel_month AS m ON m.customer = b.customer
    GROUP BY m.customer
)
SELECT b.customer, coalesce(s.revenue_12, 0) AS revenue_12,
       CASE WHEN f.month <= add_months(as_of_month(), -23)
            THEN coalesce(s.before, 0) - coalesce(l.amount, 0) END AS before,
       coalesce(s.order_months, 0) AS order_months, month(o.min_date) AS first_month,
       f.month AS known_from, o.max_date AS last_order
FROM buyers AS b
LEFT JOIN sums AS s ON s.customer = b.customer
LEFT JOIN channel_24 AS o ON o.customer = b.customer
LEFT JOIN later AS l ON l.customer = b.customer
LEFT JOIN first_month_of_sales AS f;

-- Each dealer at the as-of date: the contract that holds, else the last one that did. active: 1
-- while it holds. months_known: of the last 12 those of which there are order lines; months_here: of
-- these those since the first contract or order. person: who looks after the customer; owner: who acts for them today, else who
-- answers for the region or the company. place: region and person together. sales_per_shop =
-- revenue_12 ÷ shops. Money.
CREATE VIEW channel_dealers AS
WITH last AS (
    SELECT dealer, max(since) AS since FROM channel_contracts WHERE since <= as_of() GROUP BY dealer
),
firsts AS (
    SELECT dealer, min(since) AS first_since FROM channel_contracts GROUP BY dealer
)
SELECT k.dealer, k.name, k.customer, k.region, concat(k.region, char(31), c.owner) AS place, k.seq,
       k.level_name AS dealer_level, k.form AS dealer_form, k.exclusive, k.shops, k.display_quality,
       k.since AS contract_since, k.until AS contract_until, k.next_since, f.first_since,
       CASE WHEN k.ends IS NULL OR k.ends >= as_of() THEN 1 ELSE 0 END AS active,
       c.owner AS person, coalesce(a.owner, r.owner, b.owner) AS owner,
       s.revenue_12, s.before, s.order_months, s.last_order,
       CAST(round(ratio(s.revenue_12, k.shops)) AS INTEGER) AS sales_per_shop,
       min(months_between(max(min(month(f.first_since), coalesce(s.first_month, month(f.first_since))), s.known_from),
                          as_of_month()) + 1, 12) AS months_here,
       min(months_between(s.known_from, as_of_month()) + 1, 12) AS months_known
FROM last AS l
JOIN channel_contracts AS k ON k.dealer = l.dealer AND k.since = l.since
JOIN firsts AS f ON f.dealer = k.dealer
LEFT JOIN customers AS c ON c.customer = k.customer
LEFT JOIN channel_sales AS s ON s.customer = k.customer
LEFT JOIN acting_owners AS a ON a.person = c.owner
LEFT JOIN region_owners AS r ON r.region = k.region
LEFT JOIN company_owner AS b;

-- Dealers that have a page: those whose contract holds or ended within 12 months.
CREATE VIEW channel_pages AS
SELECT dealer, name,
       concat(dealer_level, CASE exclusive WHEN 1 THEN t(', exclusive') END,
              CASE WHEN region IS NOT NULL THEN concat(', ', coalesce(region_name, region)) END,
              CASE active WHEN 0 THEN t(', ended on {1}', date_text(contract_until)) END) AS subtitle
FROM (SELECT d.dealer, d.name, d.dealer_level, d.exclusive, d.region, g.name AS region_name, d.active,
             d.contract_until
      FROM channel_dealers AS d
      LEFT JOIN regions AS g ON g.region = d.region
      WHERE d.active = 1 OR d.contract_until > month_last(add_months(as_of_month(), -12)));

-- Which dealers count for a scope, by their place: all for the company; a region's by where the
-- contract is; a person's by who looks after the customer.
CREATE VIEW channel_scopes AS
WITH places AS (
    SELECT DISTINCT place, region, person FROM channel_dealers
)
SELECT 'company' AS scope, 'company' AS of, place FROM places
UNION ALL
SELECT 'region', w.within, p.place
FROM places AS p
JOIN regions_within AS w ON w.region = p.region
UNION ALL
SELECT 'person', person, place FROM places WHERE person IS NOT NULL;

-- ---- mix and movement ----

-- Dealers on the last day of each of the last 25 months (this one: today) by level and form.
CREATE VIEW channel_mix AS
SELECT m.month, k.seq, k.level_name AS dealer_level, k.form AS dealer_form, count(*) AS dealers,
       sum(k.exclusive) AS exclusive_dealers
FROM months(add_months(as_of_month(), -24), as_of_month()) AS m
JOIN channel_contracts AS k ON k.since <= min(month_last(m.month), as_of())
                           AND (k.ends IS NULL OR k.ends >= min(month_last(m.month), as_of()))
GROUP BY m.month, k.seq, k.level_name, k.form;

-- Contracts of the last 25 months that follow another at another level, or are exclusive where it
-- was not. direction: 1 upgrade, −1 downgrade; what becomes exclusive, or ceases to be, at the same
-- level counts as one too.
CREATE VIEW channel_changes AS
SELECT dealer, name, region, since, month(since) AS month, before_name AS change_from,
       level_name AS change_to, exclusive, was_exclusive,
       CASE WHEN seq > before OR (seq = before AND exclusive > was_exclusive) THEN 1 ELSE -1 END AS direction
FROM channel_contracts
WHERE before IS NOT NULL AND (seq <> before OR exclusive <> was_exclusive)
  AND since <= as_of() AND month(since) >= add_months(as_of_month(), -24);

-- Dealers by month: opening + joined − left = closing; a dealer has left on the day after the last
-- one of the contract. Upgrades and downgrades beside it do not change the number.
CREATE VIEW channel_movement AS
WITH moves AS (
    SELECT month(since) AS month, joins AS joined, 0 AS gone, 0 AS rose, 0 AS fell
    FROM channel_contracts
    WHERE joins = 1 AND since <= as_of()
    UNION ALL
    SELECT month(add_days(until, 1)), 0, 1, 0, 0
    FROM channel_contracts
    WHERE goes = 1 AND until < as_of()
    UNION ALL
    SELECT month, 0, 0, CASE direction WHEN 1 THEN 1 ELSE 0 END, CASE direction WHEN -1 THEN 1 ELSE 0 END
    FROM channel_changes
),
sums AS (
    SELECT month, sum(joined) AS joined, sum(gone) AS gone, sum(rose) AS rose, sum(fell) AS fell
    FROM moves
    GROUP BY month
),
running AS (
    SELECT month, joined, gone, rose, fell, sum(joined - gone) OVER (ORDER BY month) AS closing
    FROM (SELECT month, joined, gone, rose, fell FROM sums
          UNION ALL
          SELECT m.month, 0, 0, 0, 0
          FROM months(add_months(as_of_month(), -24), as_of_month()) AS m
          WHERE m.month NOT IN (SELECT month FROM sums))
)
SELECT month, closing - joined + gone AS dealers_opening, joined AS dealers_joined, gone AS dealers_left,
       rose AS dealers_rose, fell AS dealers_fell, closing AS dealers_closing
FROM running
WHERE month >= add_months(as_of_month(), -24) AND EXISTS (SELECT 1 FROM dealers);

-- ---- share of exclusive sales ----

-- Revenue of the order lines that name a channel, and of those of channel exclusive, by scope and
-- month; up_to_day: the part up to the as-of date's day of the month. Exclusive is a channel whose
-- name begins with that word. A person takes the shares of orders (credits.csv). Money.
CREATE VIEW channel_by_month AS
WITH cells AS (
    SELECT month, region, CASE WHEN lower(channel) LIKE 'exclusive%' THEN 1 ELSE 0 END AS is_exclusive,
           sum(amount) AS amount, sum(CASE WHEN to_date THEN amount ELSE 0 END) AS up_to_day
    FROM channel_region_month
    WHERE channel IS NOT NULL
    GROUP BY month, region, CASE WHEN lower(channel) LIKE 'exclusive%' THEN 1 ELSE 0 END
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, month, is_exclusive, amount, up_to_day FROM cells
    UNION ALL
    SELECT 'region', w.within, c.month, c.is_exclusive, c.amount, c.up_to_day
    FROM cells AS c
    JOIN regions_within AS w ON w.region = c.region
    UNION ALL
    SELECT 'person', person, month, CASE WHEN lower(channel) LIKE 'exclusive%' THEN 1 ELSE 0 END, amount,
           CASE WHEN to_date THEN amount ELSE 0 END
    FROM channel_person_month
    WHERE channel IS NOT NULL AND person IS NOT NULL
)
SELECT scope, of, month, sum(amount) AS revenue, sum(is_exclusive * amount) AS exclusive_revenue,
       sum(up_to_day) AS revenue_to_day, sum(is_exclusive * up_to_day) AS exclusive_to_day
FROM scoped
GROUP BY scope, of, month;

-- Share of exclusive sales = revenue of channel exclusive ÷ revenue of all lines that name a
-- channel, of the month, and of the same month, up to the same day, of the year before. NULL
-- without revenue.
CREATE VIEW channel_shares AS
SELECT n.scope, n.of, n.month, n.revenue, n.exclusive_revenue,
       ratio(n.exclusive_revenue, n.revenue) AS exclusive_share,
       CASE WHEN n.month = as_of_month() THEN ratio(b.exclusive_to_day, b.revenue_to_day)
            ELSE ratio(b.exclusive_revenue, b.revenue) END AS exclusive_share_before
FROM channel_by_month AS n
LEFT JOIN channel_by_month AS b ON b.scope = n.scope AND b.of = n.of AND b.month = add_months(n.month, -12);

-- The same of the fiscal year so far, and of its same period of last year, which is NULL where sales
-- do not reach back so far.
CREATE VIEW channel_year AS
WITH spans AS (
    SELECT month(period_first(fiscal_year(as_of_month()))) AS first, f.month AS known
    FROM first_month_of_sales AS f
),
sums AS (
    SELECT m.scope, m.of, s.first, s.known,
           sum(CASE WHEN m.month >= s.first THEN m.revenue ELSE 0 END) AS revenue,
           sum(CASE WHEN m.month >= s.first THEN m.exclusive_revenue ELSE 0 END) AS exclusive_revenue,
           sum(CASE WHEN m.month = add_months(as_of_month(), -12) THEN m.revenue_to_day
                    WHEN m.month < add_months(as_of_month(), -12) AND m.month >= add_months(s.first, -12)
                    THEN m.revenue ELSE 0 END) AS before,
           sum(CASE WHEN m.month = add_months(as_of_month(), -12) THEN m.exclusive_to_day
                    WHEN m.month < add_months(as_of_month(), -12) AND m.month >= add_months(s.first, -12)
                    THEN m.exclusive_revenue ELSE 0 END) AS exclusive_before
    FROM channel_by_month AS m
    JOIN spans AS s
    WHERE m.month <= as_of_month()
    GROUP BY m.scope, m.of, s.first, s.known
)
SELECT scope, of, revenue, exclusive_revenue, ratio(exclusive_revenue, revenue) AS exclusive_year,
       CASE WHEN known <= add_months(first, -12) THEN ratio(exclusive_before, before) END AS exclusive_year_before
FROM sums
WHERE revenue <> 0;

-- Sold under the wrong name, in the last 12 months, months together: exclusive though no exclusive
-- contract held on the first or last day of the month (1: under a contract that is not, 2: under
-- none), or otherwise though one held on both (3). dealer: of a customer under one after the other the
-- one who holds, else the latest. Money.
CREATE VIEW channel_false AS
WITH cells AS (
    SELECT customer, month, amount, CASE WHEN lower(channel) LIKE 'exclusive%' THEN 1 ELSE 0 END AS is_exclusive
    FROM channel_customer_12
    WHERE channel IS NOT NULL AND customer IS NOT NULL AND amount > 0 AND EXISTS (SELECT 1 FROM dealers)
),
judged AS (
    SELECT c.customer, c.month, c.amount, c.is_exclusive,
           max(CASE WHEN k.since <= month_first(c.month)
                     AND (k.ends IS NULL OR k.ends >= month_first(c.month)) THEN k.exclusive END) AS at_first,
           max(CASE WHEN k.since <= min(month_last(c.month), as_of())
                     AND (k.ends IS NULL OR k.ends >= min(month_last(c.month), as_of())) THEN k.exclusive END) AS at_last
    FROM cells AS c
    LEFT JOIN channel_contracts AS k ON k.customer = c.customer
    GROUP BY c.customer, c.month, c.amount, c.is_exclusive
),
wrong AS (
    SELECT customer, month, amount,
           CASE WHEN is_exclusive = 1 AND at_first IS NULL AND at_last IS NULL THEN 2
                WHEN is_exclusive = 1 AND coalesce(at_first, 0) = 0 AND coalesce(at_last, 0) = 0 THEN 1
                WHEN is_exclusive = 0 AND at_first = 1 AND at_last = 1 THEN 3 END AS wrong
    FROM judged
),
holders AS (
    SELECT customer, dealer, name, region, dealer_level,
           row_number() OVER (PARTITION BY customer ORDER BY active DESC, contract_since DESC, dealer) AS nth
    FROM channel_dealers
    WHERE customer IS NOT NULL
)
SELECT w.customer, d.dealer, coalesce(d.name, c.name, w.customer) AS name, w.wrong, c.owner AS person,
       coalesce(d.region, c.region) AS region, d.dealer_level, sum(w.amount) AS amount,
       count(*) AS months, min(w.month) AS first_month
FROM wrong AS w
LEFT JOIN holders AS d ON d.customer = w.customer AND d.nth = 1
LEFT JOIN customers AS c ON c.customer = w.customer
WHERE w.wrong IS NOT NULL
GROUP BY w.customer, d.dealer, coalesce(d.name, c.name, w.customer), w.wrong, c.owner,
         coalesce(d.region, c.region), d.dealer_level;

-- ---- health ----

-- Health of a dealer whose contract holds, 0 to 100: the mean of what is known of four parts of 0 to
-- 100 each: trend = (revenue of 12 months ÷ same period of last year − 0.5) ÷ 0.6; shops = sales per
-- shop ÷ median of the dealers of the level, of who began within the 12 months taken up to the whole (×
-- months known ÷ months here); orders = months with an order among the last 6, or those since a new
-- dealer began, ÷ their number; display = (display − 1) ÷ 4; each cut at 0 and 100. NULL where fewer than
-- two are known. Trend is not known without sales in that period.
CREATE VIEW channel_health AS
WITH usual AS (
    SELECT seq, median(ratio(1.0 * sales_per_shop * months_known, months_here)) AS sales_per_shop
    FROM channel_dealers
    WHERE active = 1 AND revenue_12 > 0
    GROUP BY seq
),
parts AS (
    SELECT d.dealer,
           max(0, min(100, 100 * (ratio(d.revenue_12, CASE WHEN d.before > 0 THEN d.before END) - 0.5) / 0.6)) AS trend,
           max(0, min(100, 100 * ratio(1.0 * d.sales_per_shop * d.months_known, u.sales_per_shop * d.months_here))) AS shops,
           100 * ratio(d.order_months, min(d.months_here, 6)) AS orders,
           100.0 * (d.display_quality - 1) / 4 AS display
    FROM channel_dealers AS d
    LEFT JOIN usual AS u ON u.seq = d.seq
    WHERE d.active = 1
),
known AS (
    SELECT dealer, trend, shops, orders, display,
           (trend IS NOT NULL) + (shops IS NOT NULL) + (orders IS NOT NULL) + (display IS NOT NULL) AS n
    FROM parts
)
SELECT dealer, CAST(round(trend) AS INTEGER) AS health_trend, CAST(round(shops) AS INTEGER) AS health_shops,
       CAST(round(orders) AS INTEGER) AS health_orders, CAST(round(display) AS INTEGER) AS health_display,
       CASE WHEN n >= 2 THEN ratio(coalesce(trend, 0) + coalesce(shops, 0) + coalesce(orders, 0)
                                   + coalesce(display, 0), n) END AS dealer_health
FROM known;

-- ---- where, and how many ----

-- Dealers by scope: their number, contracts, shops, sales per shop, how many are ill (below 40).
-- Sales per shop count dealers with a customer and shops. Money.
CREATE VIEW channel_sums AS
WITH cells AS (
    SELECT d.place, count(*) AS dealers, sum(d.exclusive) AS exclusive_dealers, sum(d.shops) AS shops,
           sum(CASE WHEN d.shops > 0 AND d.revenue_12 IS NOT NULL THEN d.revenue_12 END) AS revenue,
           sum(CASE WHEN d.shops > 0 AND d.revenue_12 IS NOT NULL THEN d.shops END) AS shops_sold,
           count(CASE WHEN h.dealer_health < 40 THEN 1 END) AS ill,
           sum(CASE WHEN h.dealer_health < 40 THEN d.revenue_12 ELSE 0 END) AS ill_revenue
    FROM channel_dealers AS d
    JOIN channel_health AS h ON h.dealer = d.dealer
    WHERE d.active = 1
    GROUP BY d.place
)
SELECT s.scope, s.of, sum(c.dealers) AS dealers, sum(c.exclusive_dealers) AS exclusive_dealers,
       sum(c.shops) AS shops, CAST(round(ratio(sum(c.revenue), sum(c.shops_sold))) AS INTEGER) AS sales_per_shop,
       sum(c.ill) AS dealers_ill, sum(c.ill_revenue) AS ill_revenue
FROM cells AS c
JOIN channel_scopes AS s ON s.place = c.place
GROUP BY s.scope, s.of;

-- The agent in whose area a region lies: the provincial or regional general agent whose contract holds
-- and is for a region around it; of several that of the nearest one, then of the lower level.
CREATE VIEW channel_agents AS
WITH around AS (
    SELECT w.region, d.dealer, d.name,
           row_number() OVER (PARTITION BY w.region ORDER BY p.depth DESC, d.seq, d.dealer) AS nth
    FROM channel_dealers AS d
    JOIN regions_within AS w ON w.within = d.region AND w.region <> d.region
    LEFT JOIN regions_paths AS p ON p.region = d.region
    WHERE d.active = 1 AND d.seq >= (SELECT seq FROM channel_levels WHERE level = 'provincial')
)
SELECT region, dealer, name FROM around WHERE nth = 1;

-- Provinces, cities and counties with the dealers in them and in what lies in them. agent: in whose
-- area it lies; without one and without dealers it is white space.
CREATE VIEW channel_regions AS
WITH counts AS (
    SELECT w.within AS region, count(*) AS dealers, sum(d.exclusive) AS exclusive_dealers
    FROM channel_dealers AS d
    JOIN regions_within AS w ON w.region = d.region
    WHERE d.active = 1
    GROUP BY w.within
)
SELECT r.region, coalesce(r.name, r.region) AS name, r.level, r.population, r.gdp, r.gdp_rank,
       coalesce(c.dealers, 0) AS dealers, coalesce(c.exclusive_dealers, 0) AS exclusive_dealers,
       coalesce(s.revenue, 0) AS revenue_year, a.dealer AS agent, a.name AS agent_name
FROM regions AS r
LEFT JOIN counts AS c ON c.region = r.region
LEFT JOIN channel_agents AS a ON a.region = r.region
LEFT JOIN revenue_so_far AS s ON s.scope = 'region' AND s.of = r.region AND s.span = 'year'
WHERE r.level IN ('province', 'city', 'county') AND EXISTS (SELECT 1 FROM dealers);

-- Contracts that end within 90 days, or ended in the last 90, and are not followed by another; what
-- the dealer bought in the last 12 months hangs on it. Money.
CREATE VIEW channel_endings AS
SELECT dealer, name, customer, region, place, person, owner, dealer_level, exclusive, contract_until,
       days_between(as_of(), contract_until) AS days_left, revenue_12 AS cost, last_order
FROM channel_dealers
WHERE next_since IS NULL AND contract_until BETWEEN add_days(as_of(), -90) AND add_days(as_of(), 90);

-- ---- what the whole reads ----

-- Key figures of each scope: the share of exclusive sales of the month, dealers (before: a year
-- ago, of the company), sales per shop.
CREATE VIEW channel_scope_figures AS
WITH trend AS (
    SELECT scope, of, series(month, exclusive_share) AS series
    FROM channel_shares
    WHERE month > add_months(as_of_month(), -13) AND month <= as_of_month()
    GROUP BY scope, of
),
closing AS (
    SELECT series(month, dealers_closing) AS series,
           max(CASE WHEN month = add_months(as_of_month(), -12) THEN dealers_closing END) AS before
    FROM channel_movement
    WHERE month > add_months(as_of_month(), -13)
)
SELECT s.scope, s.of, 38 AS rank, 'exclusive_share' AS name, s.exclusive_share AS value, NULL AS target,
       s.exclusive_share_before AS before, t.series AS series
FROM channel_shares AS s
JOIN trend AS t ON t.scope = s.scope AND t.of = s.of
WHERE s.month = as_of_month() AND s.exclusive_share IS NOT NULL
  AND (s.exclusive_revenue > 0 OR s.exclusive_share_before > 0)
UNION ALL
SELECT s.scope, s.of, 38, 'dealers', s.dealers, NULL, CASE s.scope WHEN 'company' THEN c.before END,
       CASE s.scope WHEN 'company' THEN c.series END
FROM channel_sums AS s
JOIN closing AS c
UNION ALL
SELECT scope, of, 38, 'sales_per_shop', sales_per_shop, NULL, NULL, NULL
FROM channel_sums
WHERE sales_per_shop IS NOT NULL;

-- The start page's figures: those of the company.
CREATE VIEW channel_figures AS
SELECT rank, name, value, target, before, series, 'channel' AS page, NULL AS key
FROM channel_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences, by scope.
CREATE VIEW channel_findings AS
WITH moved AS (
    SELECT sum(dealers_rose) AS rose, sum(dealers_fell) AS fell, sum(dealers_joined) AS joined,
           sum(dealers_left) AS gone
    FROM channel_movement
    WHERE month > add_months(as_of_month(), -12)
),
ends AS (
    SELECT s.scope, s.of, count(*) AS n, sum(e.cost) AS cost, min(e.days_left) AS days, min(e.name) AS name
    FROM channel_endings AS e
    JOIN channel_scopes AS s ON s.place = e.place
    WHERE e.days_left >= 0
    GROUP BY s.scope, s.of
),
empty AS (
    SELECT level, count(*) AS n, sum(CASE dealers WHEN 0 THEN 1 ELSE 0 END) AS without,
           sum(CASE WHEN dealers = 0 AND agent IS NOT NULL THEN 1 ELSE 0 END) AS covered,
           group_concat(CASE dealers WHEN 0 THEN name END, ', ') AS names
    FROM (SELECT level, name, dealers, agent FROM channel_regions ORDER BY gdp DESC, region)
    WHERE level IN ('province', 'city')
    GROUP BY level
),
wrong AS (
    SELECT count(*) AS n, min(name) AS name, sum(amount) AS amount FROM channel_false WHERE wrong = 1
)
SELECT scope, of, 180 AS rank,
       CASE WHEN exclusive_year_before IS NULL
            THEN t('{1} of this year''s sales are exclusive.', format(exclusive_year, 'percent1'))
            ELSE t('{1} of this year''s sales are exclusive, after {2} in the same period of last year.',
                   format(exclusive_year, 'percent1'), format(exclusive_year_before, 'percent1')) END AS text
FROM channel_year
WHERE exclusive_year > 0 OR exclusive_year_before > 0
UNION ALL
SELECT 'company', 'company', 181,
       t('In 12 months {1} joined and {2} ended; {3} and {4}.',
         t(CASE joined WHEN 1 THEN '1 dealer' ELSE '{1} dealers' END, joined), gone,
         t(CASE rose WHEN 1 THEN '1 rose' ELSE '{1} rose' END, rose),
         t(CASE fell WHEN 1 THEN '1 fell' ELSE '{1} fell' END, fell))
FROM moved
WHERE joined + gone + rose + fell > 0
UNION ALL
SELECT scope, of, 182,
       CASE n WHEN 1 THEN t('The contract of {1} ends in {2}, and none follows: {3} a year.', name,
                            t(CASE days WHEN 1 THEN '1 day' ELSE '{1} days' END, days), short_money(cost))
              ELSE t('{1} contracts end within 90 days, the first in {2}, and none follows: {3} a year.', n,
                     t(CASE days WHEN 1 THEN '1 day' ELSE '{1} days' END, days), short_money(cost)) END
FROM ends
WHERE cost IS NOT NULL
UNION ALL
SELECT 'company', 'company', CASE level WHEN 'province' THEN 183 ELSE 184 END,
       concat(t(CASE WHEN level = 'province' AND without = 1 THEN '1 province of {2} has no dealer: {3}.'
                     WHEN level = 'province' THEN '{1} provinces of {2} have no dealer: {3}.'
                     WHEN without = 1 THEN '1 city of {2} has no dealer: {3}.'
                     ELSE '{1} cities of {2} have no dealer: {3}.' END, without, n, names),
              CASE WHEN covered = 0 THEN NULL
                   WHEN without = 1 THEN t(' It lies in the area of a provincial or general agent.')
                   WHEN covered = without THEN t(' All lie in the area of a provincial or general agent.')
                   WHEN covered = 1 THEN t(' 1 of them lies in the area of a provincial or general agent.')
                   ELSE t(' {1} of them lie in the area of a provincial or general agent.', covered) END)
FROM empty
WHERE without > 0 AND without <= 12
UNION ALL
SELECT 'company', 'company', 185,
       CASE n WHEN 1 THEN t('{1} has a bulk contract and sold {2} as exclusive in 12 months.', name, short_money(amount))
              ELSE t('{1} dealers without an exclusive contract sold {2} as exclusive in 12 months.', n,
                     short_money(amount)) END
FROM wrong
WHERE n > 0
UNION ALL
SELECT scope, of, 186,
       t(CASE dealers_ill WHEN 1 THEN '1 dealer of {2} is ill (health below 40): {3} a year.'
              ELSE '{1} dealers of {2} are ill (health below 40): {3} a year.' END,
         dealers_ill, dealers, short_money(ill_revenue))
FROM channel_sums
WHERE dealers_ill > 0;

-- Contracts that end (within 30 days: now) or have ended with sales going on; who sells as exclusive
-- without the contract; the richest three provinces without a dealer and in no agent's area, if above
-- the median of their level. The rest of each other kind in one line. cost: what was sold in 12 months.
CREATE VIEW channel_exceptions AS
WITH endings AS (
    SELECT dealer, name, owner, contract_until, days_left, cost,
           CASE WHEN days_left < 0 THEN contract_until ELSE add_days(contract_until, -90) END AS since,
           row_number() OVER (ORDER BY CASE WHEN days_left <= 30 THEN 0 ELSE 1 END, cost DESC, dealer) AS nth
    FROM channel_endings
    WHERE days_left >= 0 OR last_order > contract_until
),
wrong AS (
    SELECT f.dealer, f.name, f.amount, f.wrong, f.first_month,
           coalesce(a.owner, r.owner, b.owner) AS owner,
           row_number() OVER (PARTITION BY f.wrong ORDER BY f.amount DESC, f.customer) AS nth
    FROM channel_false AS f
    LEFT JOIN acting_owners AS a ON a.person = f.person
    LEFT JOIN region_owners AS r ON r.region = f.region
    LEFT JOIN company_owner AS b
),
usual AS (
    SELECT level, median(gdp) AS gdp FROM channel_regions GROUP BY level
),
-- ended: the day after the last contract that a dealer there had; NULL where there never was one.
endings_of AS (
    SELECT w.within AS region, max(add_days(k.ends, 1)) AS ended
    FROM channel_contracts AS k
    JOIN regions_within AS w ON w.region = k.region
    WHERE k.ends < as_of()
    GROUP BY w.within
),
rich AS (
    SELECT g.region, g.name, g.gdp, g.gdp_rank, coalesce(o.owner, c.owner) AS owner, e.ended,
           row_number() OVER (ORDER BY g.gdp DESC, g.region) AS nth
    FROM channel_regions AS g
    JOIN usual AS u ON u.level = g.level AND g.gdp > u.gdp
    LEFT JOIN region_owners AS o ON o.region = g.region
    LEFT JOIN company_owner AS c
    LEFT JOIN endings_of AS e ON e.region = g.region
    WHERE g.level = 'province' AND g.dealers = 0 AND g.agent IS NULL
)
SELECT concat('channel:ends:', dealer) AS id, CASE WHEN days_left <= 30 THEN 1 ELSE 2 END AS severity, cost, owner,
       CASE WHEN days_left < 0 THEN t('{1}: the contract ended on {2}, and it still buys', name, date_text(contract_until))
            ELSE t('{1}: the contract ends on {2}, and none follows', name, date_text(contract_until)) END AS text,
       'dealer' AS page, dealer AS key, since
FROM endings
WHERE nth <= 5
UNION ALL
SELECT 'channel:ends', 2, sum(e.cost), c.owner,
       t(CASE count(*) WHEN 1 THEN '1 more contract ends within 90 days, and none follows'
                       ELSE '{1} more contracts end within 90 days, and none follows' END, count(*)),
       'channel', NULL, max(e.since)
FROM endings AS e
LEFT JOIN company_owner AS c
WHERE e.nth > 5
GROUP BY c.owner
UNION ALL
SELECT concat('channel:false:', dealer), 1, amount, owner,
       t('{1}: sold {2} as exclusive in 12 months without an exclusive contract', name, short_money(amount)), 'dealer',
       dealer, month_first(first_month)
FROM wrong
WHERE wrong = 1 AND nth <= 3
UNION ALL
SELECT concat('channel:falses:', w.wrong), CASE w.wrong WHEN 3 THEN 3 ELSE 2 END, sum(w.amount), c.owner,
       CASE w.wrong
           WHEN 1 THEN t(CASE count(*) WHEN 1 THEN '1 more dealer sold as exclusive without an exclusive contract'
                                       ELSE '{1} more dealers sold as exclusive without an exclusive contract' END, count(*))
           WHEN 2 THEN t(CASE count(*) WHEN 1 THEN '1 customer without any contract bought as exclusive'
                                       ELSE '{1} customers without any contract bought as exclusive' END, count(*))
           ELSE t(CASE count(*) WHEN 1 THEN '1 exclusive dealer also bought over other channels'
                                ELSE '{1} exclusive dealers also bought over other channels' END, count(*)) END,
       'channel', NULL, month_first(min(w.first_month))
FROM wrong AS w
LEFT JOIN company_owner AS c
WHERE w.wrong > 1 OR w.nth > 3
GROUP BY w.wrong, c.owner
UNION ALL
SELECT concat('channel:empty:', region), 2, NULL, owner,
       CASE WHEN gdp_rank IS NULL THEN t('{1} has no dealer', name)
            ELSE t('{1}, number {2} by gross product, has no dealer', name, gdp_rank) END,
       'region', region, ended
FROM rich
WHERE nth <= 3;

-- Share of exclusive sales by person and month, and the dealers they look after, which is known for
-- today only.
CREATE VIEW channel_measures AS
SELECT of AS person, month, 'exclusive_share' AS measure, exclusive_share AS value
FROM channel_shares
WHERE scope = 'person' AND exclusive_share IS NOT NULL AND EXISTS (SELECT 1 FROM dealers)
UNION ALL
SELECT of, as_of_month(), 'exclusive_dealers', exclusive_dealers
FROM channel_sums
WHERE scope = 'person';

-- Last days of contracts that no other follows, from the as-of date on.
CREATE VIEW channel_events AS
SELECT concat('channel-end-', dealer) AS uid, contract_until AS starts, contract_until AS ends, owner,
       t('Contract of {1} ends', name) AS title, 'dealer' AS page, dealer AS key
FROM channel_dealers
WHERE contract_until >= as_of() AND next_since IS NULL;

-- Contracts that end before they begin, that begin before the one before has ended, and customers
-- under the contracts of two dealers at a time, whose revenue would count twice.
CREATE VIEW channel_checks AS
SELECT 'error' AS severity, 'dealers' AS tbl, _row AS row,
       t('the contract of {1} ends on {2}, before it begins', dealer, date_text(until)) AS text,
       t('correct since or until') AS remedy
FROM dealers
WHERE until < since
UNION ALL
SELECT 'warning', 'dealers', k.file_row,
       t('the contract of {1} is to hold until {2}, but the next begins on {3}', k.dealer, date_text(k.until),
         date_text(k.next_since)),
       t('end it on the day before the next, in column until')
FROM channel_contracts AS k
WHERE k.until >= k.next_since
UNION ALL
SELECT 'warning', 'dealers', max(k.file_row),
       t('customer {1} stands under {2} and {3} at a time: its revenue counts for both', a.customer, a.dealer, b.dealer),
       t('leave the customer to one of them')
FROM channel_dealers AS a
JOIN channel_dealers AS b ON b.customer = a.customer AND b.dealer > a.dealer AND b.active = 1
JOIN channel_contracts AS k ON k.dealer = b.dealer AND k.since = b.contract_since
WHERE a.active = 1
GROUP BY a.customer, a.dealer, b.dealer;
