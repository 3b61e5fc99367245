-- Products: what was sold of each, at what price, why that changed; launches, slow movers.

-- The months that are compared. year_ago: the month of the as-of date a year before; first,
-- before_first: first months of this fiscal year and of the one before; third, third_before: of three
-- months up to now and a year ago. year_known: there are order lines of all of the year before.
CREATE VIEW products_spans AS
SELECT as_of_month() AS month, add_months(as_of_month(), -12) AS year_ago,
       month(period_first(fiscal_year(as_of_month()))) AS first,
       add_months(month(period_first(fiscal_year(as_of_month()))), -12) AS before_first,
       add_months(as_of_month(), -2) AS third, add_months(as_of_month(), -14) AS third_before,
       f.month AS first_sales,
       CASE WHEN f.month <= add_months(month(period_first(fiscal_year(as_of_month()))), -12)
            THEN 1 ELSE 0 END AS year_known
FROM first_month_of_sales AS f
WHERE f.month IS NOT NULL;

-- Sums of each product in each region. revenue, pieces: the fiscal year so far; before,
-- pieces_before: the same months, up to the same day, of the year before; …_12: this month so far
-- and the 11 before; …_3: and the 2 before. Lines that name no product stand under ''. Money, counts.
CREATE VIEW products_sums AS
WITH cells AS (
    SELECT coalesce(c.product, '') AS product, coalesce(c.region, '') AS place, c.month, c.amount,
           coalesce(c.quantity, 0) AS quantity,
           CASE WHEN c.month < s.year_ago OR (c.month = s.year_ago AND c.to_date) THEN 1 ELSE 0 END AS a_year_ago
    FROM products_cells AS c
    JOIN products_spans AS s
)
SELECT c.product, c.place,
       sum(CASE WHEN c.month >= s.first THEN c.amount ELSE 0 END) AS revenue,
       sum(CASE WHEN c.month >= s.first THEN c.quantity ELSE 0 END) AS pieces,
       sum(CASE WHEN c.month >= s.before_first AND c.a_year_ago THEN c.amount ELSE 0 END) AS before,
       sum(CASE WHEN c.month >= s.before_first AND c.a_year_ago THEN c.quantity ELSE 0 END) AS pieces_before,
       sum(CASE WHEN c.month > s.year_ago THEN c.amount ELSE 0 END) AS revenue_12,
       sum(CASE WHEN c.month > s.year_ago THEN c.quantity ELSE 0 END) AS pieces_12,
       sum(CASE WHEN c.month >= s.third THEN c.quantity ELSE 0 END) AS pieces_3,
       sum(CASE WHEN c.month >= s.third THEN c.amount ELSE 0 END) AS revenue_3,
       sum(CASE WHEN c.month >= s.third_before AND c.a_year_ago THEN c.quantity ELSE 0 END) AS pieces_3_before,
       sum(CASE WHEN c.month >= s.third_before AND c.a_year_ago THEN c.amount ELSE 0 END) AS revenue_3_before
FROM cells AS c
JOIN products_spans AS s
GROUP BY c.product, c.place;

-- Which regions count for a scope: all for the company.
CREATE VIEW products_scopes AS
WITH places AS (
    SELECT DISTINCT place FROM products_sums
)
SELECT 'company' AS scope, 'company' AS of, place FROM places
UNION ALL
SELECT 'region', w.within, p.place
FROM places AS p
JOIN regions_within AS w ON w.region = p.place;

-- ---- price, volume, mix ----

-- Why the revenue of the fiscal year so far differs from that of the same period of last year, by
-- scope and product. Of products sold in both (r revenue, q pieces, p = r ÷ q; 0 last year, 1 this
-- year; Q the pieces of all such products that have the same unit, for others cannot be added up):
--   price  = q1 × (p1 − p0)
--   volume = r0 × (Q1 − Q0) ÷ Q0
--   mix    = (q1 − q0 × Q1 ÷ Q0) × p0
-- These are the sales-price, sales-quantity and sales-mix variances, with last year as the plan and
-- prices instead of margins: Horngren, Datar & Rajan, Cost Accounting, 14th ed. 2012, chapter 14.
-- new: nothing was sold last year; gone: nothing this year; other: lines without a product, or
-- pieces that give no price. Price and volume are rounded to whole smallest units, mix is what
-- remains, so that before + price + volume + mix + new + gone + other = revenue, exactly, of each
-- product and of all. No row where the year before is not known.
CREATE VIEW products_effects AS
WITH sums AS (
    SELECT c.scope, c.of, s.product, sum(s.revenue) AS r1, sum(s.before) AS r0, sum(s.pieces) AS q1,
           sum(s.pieces_before) AS q0
    FROM products_sums AS s
    JOIN products_spans AS y ON y.year_known = 1
    JOIN products_scopes AS c ON c.place = s.place
    GROUP BY c.scope, c.of, s.product
    HAVING sum(s.revenue) <> 0 OR sum(s.before) <> 0
),
sorted AS (
    SELECT s.scope, s.of, s.product, p.line, p.unit, s.r1, s.r0, s.q1, s.q0,
           CASE WHEN s.product <> '' AND s.q1 > 0 AND s.q0 > 0 THEN 'both'
                WHEN s.product <> '' AND s.q0 = 0 AND s.r0 = 0 THEN 'new'
                WHEN s.product <> '' AND s.q1 = 0 AND s.r1 = 0 THEN 'gone'
                ELSE 'other' END AS sold
    FROM sums AS s
    LEFT JOIN products AS p ON p.product = s.product
),
grown AS (
    SELECT scope, of, product, line, sold, r1, r0, q1, q0,
           sum(CASE sold WHEN 'both' THEN q1 ELSE 0 END) OVER (PARTITION BY scope, of, unit) AS all1,
           sum(CASE sold WHEN 'both' THEN q0 ELSE 0 END) OVER (PARTITION BY scope, of, unit) AS all0
    FROM sorted
),
parted AS (
    SELECT scope, of, product, line, sold, r1, r0, q1, q0,
           CASE sold WHEN 'both' THEN CAST(round(r1 - ratio(1.0 * q1 * r0, q0)) AS INTEGER)
               ELSE 0 END AS price_effect,
           CASE sold WHEN 'both' THEN CAST(round(ratio(1.0 * r0 * (all1 - all0), all0)) AS INTEGER)
               ELSE 0 END AS volume_effect
    FROM grown
)
SELECT scope, of, product, line, sold, r1 AS revenue, r0 AS before, q1 AS pieces, q0 AS pieces_before,
       r1 - r0 AS product_change, price_effect, volume_effect,
       CASE sold WHEN 'both' THEN r1 - r0 - price_effect - volume_effect ELSE 0 END AS mix_effect,
       CASE sold WHEN 'new' THEN r1 ELSE 0 END AS new_effect,
       CASE sold WHEN 'gone' THEN -r0 ELSE 0 END AS gone_effect,
       CASE sold WHEN 'other' THEN r1 - r0 ELSE 0 END AS other_effect
FROM parted;

-- The same, summed by scope. Money.
CREATE VIEW products_bridge AS
SELECT scope, of, sum(before) AS before, sum(price_effect) AS price_effect, sum(volume_effect) AS volume_effect,
       sum(mix_effect) AS mix_effect,
       sum(new_effect) AS new_effect, sum(gone_effect) AS gone_effect, sum(other_effect) AS other_effect,
       sum(revenue) AS revenue,
       sum(product_change) AS product_change,
       count(CASE sold WHEN 'both' THEN 1 END) AS in_both, count(CASE sold WHEN 'new' THEN 1 END) AS news,
       count(CASE sold WHEN 'gone' THEN 1 END) AS gones
FROM products_effects
GROUP BY scope, of;

-- Its steps, as a waterfall reads them.
CREATE VIEW products_bridge_steps AS
SELECT scope, of, 1 AS seq, t('Last year') AS product_step, before AS revenue, 'start' AS kind
FROM products_bridge
UNION ALL
SELECT scope, of, 2, t('Price'), price_effect, 'change' FROM products_bridge WHERE in_both > 0
UNION ALL
SELECT scope, of, 3, t('Volume'), volume_effect, 'change' FROM products_bridge WHERE in_both > 0
UNION ALL
SELECT scope, of, 4, t('Mix'), mix_effect, 'change' FROM products_bridge WHERE in_both > 1
UNION ALL
SELECT scope, of, 5, t('New'), new_effect, 'change' FROM products_bridge WHERE new_effect <> 0
UNION ALL
SELECT scope, of, 6, t('Gone'), gone_effect, 'change' FROM products_bridge WHERE gone_effect <> 0
UNION ALL
SELECT scope, of, 7, t('Without a price'), other_effect, 'change' FROM products_bridge WHERE other_effect <> 0
UNION ALL
SELECT scope, of, 8, t('This year'), revenue, 'total' FROM products_bridge;

-- ---- each product ----

-- Pieces and revenue by product and month, of the company.
CREATE VIEW products_by_month AS
SELECT product, month, sum(amount) AS revenue, coalesce(sum(quantity), 0) AS pieces,
       sum(CASE WHEN to_date THEN amount ELSE 0 END) AS up_to_day
FROM products_cells
WHERE product IS NOT NULL
GROUP BY product, month;

-- How even the months are: coefficient of variation = standard deviation (n − 1) ÷ mean of pieces a
-- month, over the last 12 whole months, those without a sale as 0; from the month after the launch,
-- and after the first month of sales. NULL below six months or where nothing was sold.
CREATE VIEW products_variation AS
WITH spans AS (
    SELECT p.product,
           max(add_months(s.month, -12),
               CASE WHEN s.first_sales > add_months(s.month, -12) THEN add_months(s.first_sales, 1) ELSE '' END,
               coalesce(add_months(month(p.launched), 1), '')) AS from_month, s.month AS before_month
    FROM products AS p
    JOIN products_spans AS s
),
sums AS (
    SELECT s.product, months_between(s.from_month, s.before_month) AS n, sum(1.0 * m.pieces) AS pieces,
           sum(1.0 * m.pieces * m.pieces) AS squares
    FROM spans AS s
    JOIN products_by_month AS m ON m.product = s.product AND m.month >= s.from_month AND m.month < s.before_month
    GROUP BY s.product, s.from_month, s.before_month
)
SELECT product, n AS months,
       CASE WHEN n >= 6 AND pieces > 0
            THEN ratio(sqrt(ratio(max(squares - ratio(pieces * pieces, n), 0), n - 1)), ratio(pieces, n)) END AS variation
FROM sums;

-- Stock at the end of the latest month that stock.csv has, as far as it is known. Pieces.
CREATE VIEW products_stock AS
WITH latest AS (
    SELECT product, opening + produced - shipped AS pieces,
           row_number() OVER (PARTITION BY product ORDER BY month DESC) AS nth
    FROM stock
    WHERE month <= as_of_month()
)
SELECT product, pieces FROM latest WHERE nth = 1;

-- Each product with its sums, classes and stock. price, price_before: revenue ÷ pieces of the fiscal
-- year so far and of its same period; NULL where there are no pieces. ABC: class A while all larger
-- ones make up less than 80 % of revenue of the last 12 months, B while less than 95 %, so that the
-- one which crosses the line belongs above it (H. F. Dickie, Factory Management and Maintenance
-- 109, 1951). XYZ: X up to a variation of 0.5, Y up to 1, Z above. Money, pieces.
CREATE VIEW products_items AS
WITH sums AS (
    SELECT product, sum(revenue) AS revenue, sum(pieces) AS pieces, sum(before) AS before,
           sum(pieces_before) AS pieces_before, sum(revenue_12) AS revenue_12, sum(pieces_12) AS pieces_12,
           sum(pieces_3) AS pieces_3, sum(pieces_3_before) AS pieces_3_before, sum(revenue_3) AS revenue_3,
           sum(revenue_3_before) AS revenue_3_before
    FROM products_sums
    GROUP BY product
),
placed AS (
    SELECT product, revenue_12, sum(revenue_12) OVER () AS whole,
           coalesce(sum(revenue_12) OVER (ORDER BY revenue_12 DESC
                                          GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS larger
    FROM sums
    WHERE revenue_12 > 0 AND product <> ''
)
SELECT p.product, coalesce(p.name, p.product) AS name, p.line, p.brand, p.category, p.key_brand, p.launched,
       p.list_price, coalesce(s.revenue, 0) AS revenue, coalesce(s.pieces, 0) AS pieces,
       CASE y.year_known WHEN 1 THEN coalesce(s.before, 0) END AS before,
       CASE y.year_known WHEN 1 THEN coalesce(s.pieces_before, 0) END AS pieces_before,
       CASE WHEN s.pieces > 0 THEN CAST(round(ratio(s.revenue, s.pieces)) AS INTEGER) END AS price_unit,
       CASE WHEN y.year_known = 1 AND s.pieces_before > 0
            THEN CAST(round(ratio(s.before, s.pieces_before)) AS INTEGER) END AS price_before,
       CASE WHEN y.year_known = 1 AND s.pieces > 0 AND s.pieces_before > 0 AND s.before > 0
            THEN ratio(1.0 * s.revenue * s.pieces_before, 1.0 * s.before * s.pieces) - 1 END AS price_change,
       coalesce(s.revenue_12, 0) AS revenue_12, coalesce(s.pieces_12, 0) AS pieces_12,
       coalesce(s.pieces_3, 0) AS pieces_3, coalesce(s.pieces_3_before, 0) AS pieces_3_before,
       coalesce(s.revenue_3, 0) AS revenue_3, coalesce(s.revenue_3_before, 0) AS revenue_3_before,
       o.min_date AS first_sale, o.max_date AS last_sale, ratio(a.revenue_12, a.whole) AS share_12,
       CASE WHEN a.larger * 100 < a.whole * 80 THEN 'A' WHEN a.larger * 100 < a.whole * 95 THEN 'B'
            WHEN a.whole IS NOT NULL THEN 'C' END AS abc,
       CASE WHEN v.variation <= 0.5 THEN 'X' WHEN v.variation <= 1 THEN 'Y' WHEN v.variation IS NOT NULL
           THEN 'Z' END AS xyz,
       v.variation, k.pieces AS stock,
       CASE WHEN s.pieces_12 > 0 THEN CAST(round(ratio(1.0 * k.pieces * s.revenue_12, s.pieces_12)) AS INTEGER)
            ELSE k.pieces * p.list_price END AS stock_value
FROM products AS p
JOIN products_spans AS y
LEFT JOIN sums AS s ON s.product = p.product
LEFT JOIN placed AS a ON a.product = p.product
LEFT JOIN products_variation AS v ON v.product = p.product
LEFT JOIN products_stock AS k ON k.product = p.product
LEFT JOIN products_sold AS o ON o.product = p.product;

-- Revenue of the fiscal year so far by line, brand and category, with the same period of last year.
CREATE VIEW products_groups AS
WITH parts AS (
    SELECT 'line' AS kind, line AS name, product FROM products
    UNION ALL
    SELECT 'brand', brand, product FROM products
    UNION ALL
    SELECT 'category', category, product FROM products
)
SELECT g.kind, g.name, sum(i.revenue) AS revenue, sum(i.before) AS before, sum(i.pieces) AS pieces,
       sum(i.pieces_before) AS pieces_before
FROM parts AS g
JOIN products_items AS i ON i.product = g.product
WHERE g.name IS NOT NULL AND (i.revenue <> 0 OR i.before <> 0)
GROUP BY g.kind, g.name;

-- ---- key brands ----

-- Revenue of key brands and of all products, by scope and month; up_to_day: of these the part up to
-- the as-of date's day. No row in a book without key brands. Money.
CREATE VIEW products_key_months AS
WITH cells AS (
    SELECT coalesce(c.region, '') AS place, c.month, c.to_date, c.amount,
           CASE WHEN p.key_brand THEN c.amount ELSE 0 END AS of_key
    FROM products_cells AS c
    JOIN products AS p ON p.product = c.product
    WHERE EXISTS (SELECT 1 FROM products WHERE key_brand)
),
sums AS (
    SELECT place, month, sum(amount) AS amount, sum(of_key) AS of_key,
           sum(CASE WHEN to_date THEN amount ELSE 0 END) AS up_to_day,
           sum(CASE WHEN to_date THEN of_key ELSE 0 END) AS of_key_up_to_day
    FROM cells
    GROUP BY place, month
)
SELECT c.scope, c.of, s.month, sum(s.amount) AS revenue, sum(s.of_key) AS key_revenue,
       sum(s.up_to_day) AS up_to_day, sum(s.of_key_up_to_day) AS key_up_to_day
FROM sums AS s
JOIN products_scopes AS c ON c.place = s.place
GROUP BY c.scope, c.of, s.month
UNION ALL
SELECT 'person', person, month, sum(amount), sum(CASE WHEN key_brand THEN amount ELSE 0 END),
       sum(CASE WHEN to_date THEN amount ELSE 0 END), sum(CASE WHEN to_date AND key_brand THEN amount ELSE 0 END)
FROM products_people
WHERE person IS NOT NULL AND EXISTS (SELECT 1 FROM products WHERE key_brand)
GROUP BY person, month;

-- Their share of the fiscal year so far, and of its same period of last year. NULL without revenue.
CREATE VIEW products_key_share AS
SELECT k.scope, k.of,
       sum(CASE WHEN k.month >= s.first THEN k.revenue ELSE 0 END) AS revenue,
       sum(CASE WHEN k.month >= s.first THEN k.key_revenue ELSE 0 END) AS key_revenue,
       ratio(sum(CASE WHEN k.month >= s.first THEN k.key_revenue END),
             sum(CASE WHEN k.month >= s.first THEN k.revenue END)) AS key_brand_share,
       CASE WHEN s.year_known = 1
            THEN ratio(sum(CASE WHEN k.month >= s.before_first AND k.month < s.year_ago THEN k.key_revenue
                                WHEN k.month = s.year_ago THEN k.key_up_to_day END),
                       sum(CASE WHEN k.month >= s.before_first AND k.month < s.year_ago THEN k.revenue
                                WHEN k.month = s.year_ago THEN k.up_to_day END)) END AS share_before
FROM products_key_months AS k
JOIN products_spans AS s
GROUP BY k.scope, k.of, s.year_known;

-- ---- launches ----

-- The 60 newest products that came on sale in the last 24 months, as far as order lines reach.
-- monday: of the week of the launch, which is week 1. weeks: whole weeks on sale; compared: 52 at
-- most.
CREATE VIEW products_launches AS
WITH new AS (
    SELECT p.product, coalesce(p.name, p.product) AS name, p.line, p.launched,
           period_first(week(p.launched)) AS monday,
           CAST(ratio(days_between(period_first(week(p.launched)), as_of()) + 1, 7) AS INTEGER) AS weeks
    FROM products AS p
    JOIN products_spans AS s
    WHERE p.launched <= as_of() AND month(p.launched) >= max(s.first_sales, add_months(s.month, -24))
    ORDER BY p.launched DESC, p.product
    LIMIT 60
)
SELECT product, name, line, launched, monday, weeks, min(weeks, 52) AS compared FROM new;

-- Revenue of each up to each week on sale; what was sold before the launch counts in week 1. Money.
CREATE VIEW products_launch_weeks AS
WITH RECURSIVE numbers(week) AS (
    SELECT 1
    UNION ALL
    SELECT week + 1 FROM numbers WHERE week < 52
),
sold AS (
    SELECT l.product,
           max(1, 1 + CAST(ratio(days_between(l.monday, period_first(w.week)), 7) AS INTEGER)) AS week,
           sum(w.amount) AS amount
    FROM products_launches AS l
    JOIN products_weekly AS w ON w.product = l.product
    GROUP BY 1, 2
)
SELECT l.product, n.week,
       sum(coalesce(s.amount, 0)) OVER (PARTITION BY l.product ORDER BY n.week) AS launch_revenue
FROM products_launches AS l
JOIN numbers AS n ON n.week <= l.compared
LEFT JOIN sold AS s ON s.product = l.product AND s.week = n.week;

-- The median of the launches before each, at the same week: of those of the same line, where there
-- are none of all. near: whether they are of the same line; n: how many. NULL without any.
CREATE VIEW products_launch_curves AS
WITH pairs AS (
    SELECT l.product, e.product AS earlier, CASE WHEN e.line = l.line THEN 1 ELSE 0 END AS near
    FROM products_launches AS l
    JOIN products_launches AS e ON e.launched < l.launched
),
peers AS (
    SELECT product, earlier, near, max(near) OVER (PARTITION BY product) AS nearest FROM pairs
),
medians AS (
    SELECT p.product, w.week, median(w.launch_revenue) AS launch_typical, count(*) AS n, max(p.near) AS near
    FROM peers AS p
    JOIN products_launch_weeks AS w ON w.product = p.earlier
    WHERE p.near = p.nearest
    GROUP BY p.product, w.week
)
SELECT w.product, w.week, w.launch_revenue, CAST(round(m.launch_typical) AS INTEGER) AS launch_typical, m.n, m.near
FROM products_launch_weeks AS w
LEFT JOIN medians AS m ON m.product = w.product AND m.week = w.week;

-- How each stands in its last whole week (of 52). lags: less than half of earlier launches, after
-- eight weeks at least and within its first 65.
CREATE VIEW products_launch_stand AS
SELECT l.product, l.name, l.line, l.launched, l.weeks, l.compared, c.launch_revenue, c.launch_typical, c.n, c.near,
       ratio(c.launch_revenue, c.launch_typical) AS launch_ratio,
       CASE WHEN l.weeks BETWEEN 8 AND 65 AND 2 * c.launch_revenue < c.launch_typical THEN 1 ELSE 0 END AS lags
FROM products_launches AS l
LEFT JOIN products_launch_curves AS c ON c.product = l.product AND c.week = l.compared;

-- What products launched in the last 24 months bring: their revenue of the last 12 months ÷ that of
-- all products (vitality index), by scope. NULL without revenue; no row where no product has a day
-- of launch.
CREATE VIEW products_vitality AS
SELECT c.scope, c.of,
       ratio(sum(CASE WHEN month(p.launched) > add_months(as_of_month(), -24) THEN s.revenue_12 ELSE 0 END),
             sum(s.revenue_12)) AS launch_share
FROM products_sums AS s
JOIN products AS p ON p.product = s.product
JOIN products_scopes AS c ON c.place = s.place
WHERE EXISTS (SELECT 1 FROM products WHERE launched IS NOT NULL)
GROUP BY c.scope, c.of;

-- ---- slow movers ----

-- Products on sale for over six months (sold first before then, where the launch is not known) that
-- move slowly. why: silent, not sold for over 90 days; stock, which lasts for over six months at the
-- pace of the last three, which is not above last year's; fall, less than half as many pieces in
-- three months as in the same of last year, from ten on. cost: the value of the stock, else what
-- three months lack to last year. A product that nobody bought in 24 months and that is not in
-- stock is off the list.
CREATE VIEW products_slow AS
WITH judged AS (
    SELECT i.product, i.name, i.line, i.pieces_3, i.pieces_3_before, i.last_sale, i.stock, i.stock_value,
           days_between(coalesce(i.last_sale, i.launched), as_of()) AS silent_days,
           CASE WHEN i.stock > 0 THEN ratio(3.0 * i.stock, i.pieces_3) END AS stock_months,
           max(i.revenue_3_before - i.revenue_3, 0) AS lacking,
           CASE WHEN i.last_sale IS NULL OR i.last_sale < add_days(as_of(), -90) THEN 'silent'
                WHEN i.stock > 0 AND i.stock > 2 * i.pieces_3 AND i.pieces_3 <= i.pieces_3_before THEN 'stock'
                WHEN i.pieces_3_before >= 10 AND 2 * i.pieces_3 < i.pieces_3_before THEN 'fall' END AS why
    FROM products_items AS i
    WHERE coalesce(i.launched, i.first_sale) < add_days(as_of(), -183)
      AND (i.last_sale IS NOT NULL OR i.stock > 0 OR i.launched > add_days(as_of(), -730))
)
SELECT product, name, line, pieces_3, pieces_3_before, last_sale, silent_days, stock, stock_value, stock_months,
       why,
       CASE WHEN stock > 0 THEN stock_value ELSE nullif(lacking, 0) END AS cost
FROM judged
WHERE why IS NOT NULL;

-- ---- what the whole reads ----

-- The bridge in a sentence, and in a second one the products whose price did most either way, as
-- pieces in the order of seq: a piece with page and key leads there.
CREATE VIEW products_change_words AS
WITH steps AS (
    SELECT scope, of, 1 AS nth, price_effect AS amount, t('price') AS word FROM products_bridge WHERE in_both > 0
    UNION ALL
    SELECT scope, of, 2, volume_effect, t('volume') FROM products_bridge WHERE in_both > 0
    UNION ALL
    SELECT scope, of, 3, mix_effect, t('mix') FROM products_bridge WHERE in_both > 1
    UNION ALL
    SELECT scope, of, 4, new_effect,
           t(CASE news WHEN 1 THEN '1 product not sold last year' ELSE '{1} products not sold last year' END, news)
    FROM products_bridge
    WHERE new_effect <> 0
    UNION ALL
    SELECT scope, of, 5, gone_effect,
           t(CASE gones WHEN 1 THEN '1 product no longer sold' ELSE '{1} products no longer sold' END, gones)
    FROM products_bridge
    WHERE gone_effect <> 0
    UNION ALL
    SELECT scope, of, 6, other_effect, t('lines without a price') FROM products_bridge WHERE other_effect <> 0
),
counted AS (
    SELECT scope, of, nth, amount, word, row_number() OVER (PARTITION BY scope, of ORDER BY nth) AS place,
           count(*) OVER (PARTITION BY scope, of) AS n
    FROM steps
),
ranked AS (
    SELECT scope, of, product, price_effect,
           row_number() OVER (PARTITION BY scope, of ORDER BY price_effect DESC, product) AS up,
           row_number() OVER (PARTITION BY scope, of ORDER BY price_effect, product) AS down
    FROM products_effects
    WHERE sold = 'both'
),
priced AS (
    SELECT r.scope, r.of, CASE WHEN r.price_effect > 0 THEN 1 ELSE 2 END AS nth, r.price_effect, i.name,
           CASE WHEN g.product IS NULL THEN 'products' ELSE 'product' END AS page, g.product AS key
    FROM ranked AS r
    JOIN products_items AS i ON i.product = r.product
    LEFT JOIN product_pages AS g ON g.product = r.product
    WHERE (r.price_effect > 0 AND r.up = 1) OR (r.price_effect < 0 AND r.down = 1)
),
placed AS (
    SELECT scope, of, nth, price_effect, name, page, key, count(*) OVER (PARTITION BY scope, of) AS n FROM priced
)
SELECT scope, of, 1 AS seq,
       t('By product the change of the year''s revenue, {1}, is ', format(product_change, '+short_money')) AS text,
       NULL AS page, NULL AS key
FROM products_bridge
WHERE product_change <> 0 AND before <> 0
UNION ALL
SELECT c.scope, c.of, 10 * c.place, concat(c.word, ' ', format(c.amount, '+short_money')), 'products', NULL
FROM counted AS c
JOIN products_bridge AS b ON b.scope = c.scope AND b.of = c.of AND b.product_change <> 0 AND b.before <> 0
UNION ALL
SELECT c.scope, c.of, 10 * c.place + 1,
       CASE WHEN c.place = c.n THEN '. ' WHEN c.place = c.n - 1 THEN t(' and ') ELSE t(', ') END, NULL, NULL
FROM counted AS c
JOIN products_bridge AS b ON b.scope = c.scope AND b.of = c.of AND b.product_change <> 0 AND b.before <> 0
UNION ALL
SELECT p.scope, p.of, 100 * p.nth, concat(p.name, ' (', format(p.price_effect, '+short_money'), ')'), p.page, p.key
FROM placed AS p
JOIN products_bridge AS b ON b.scope = p.scope AND b.of = p.of AND b.product_change <> 0 AND b.before <> 0
UNION ALL
SELECT p.scope, p.of, 100 * p.nth + 1,
       concat(CASE p.nth WHEN 1 THEN t(' gained most by its price') ELSE t(' lost most by its price') END,
              CASE WHEN p.nth = 1 AND p.n = 2 THEN t('; ') ELSE t('.') END), NULL, NULL
FROM placed AS p
JOIN products_bridge AS b ON b.scope = p.scope AND b.of = p.of AND b.product_change <> 0 AND b.before <> 0;

-- Key figures of each scope.
CREATE VIEW products_scope_figures AS
WITH trend AS (
    SELECT scope, of, series(month, ratio(key_revenue, revenue)) AS shares
    FROM products_key_months
    WHERE month > add_months(as_of_month(), -13) AND month <= as_of_month()
    GROUP BY scope, of
)
SELECT k.scope, k.of, 41 AS rank, 'key_brand_share' AS name, k.key_brand_share AS value, NULL AS target,
       k.share_before AS before, t.shares AS series
FROM products_key_share AS k
LEFT JOIN trend AS t ON t.scope = k.scope AND t.of = k.of
WHERE k.key_brand_share IS NOT NULL
UNION ALL
SELECT scope, of, 41, 'launch_share', launch_share, NULL, NULL, NULL FROM products_vitality WHERE launch_share > 0
UNION ALL
SELECT 'company', 'company', 41, 'slow_movers', count(*), NULL, NULL, NULL FROM products_slow HAVING count(*) > 0;

-- The start page's figures: those of the company.
CREATE VIEW products_figures AS
SELECT rank, name, value, target, before, series, 'products' AS page, NULL AS key
FROM products_scope_figures
WHERE scope = 'company';

-- Products of class A or B whose price per unit fell by 5 % or more. Which sold more pieces than
-- last year paid for it with the price; which did not lost both.
CREATE VIEW products_price_falls AS
SELECT i.product, i.name, i.abc, i.price_unit, i.price_before, i.price_change, i.pieces, i.pieces_before,
       e.price_effect,
       ratio(i.pieces, i.pieces_before) - 1 AS pieces_change,
       row_number() OVER (ORDER BY e.price_effect, i.product) AS nth
FROM products_items AS i
JOIN products_effects AS e ON e.scope = 'company' AND e.product = i.product AND e.sold = 'both'
WHERE i.abc IN ('A', 'B') AND i.price_change <= -0.05;

-- What follows from the figures, in sentences: the bridge, prices that fell, key brands, launches,
-- slow movers.
CREATE VIEW products_findings AS
SELECT scope, of, 210 AS rank, group_concat(text, '') AS text
FROM (SELECT scope, of, text FROM products_change_words ORDER BY scope, of, seq)
GROUP BY scope, of
UNION ALL
SELECT 'company', 'company', 211,
       concat(t(CASE count(*) WHEN 1 THEN '1 product of class A or B brings at least 5 % less per unit than last year'
                              ELSE '{1} products of class A or B bring at least 5 % less per unit than last year' END, count(*)),
              CASE WHEN sum(pieces_change > 0) > 0
                   THEN t(CASE WHEN sum(pieces_change > 0) = 1 THEN ', 1 of them while more was sold.'
                               ELSE ', {1} of them while more was sold.' END, sum(pieces_change > 0))
                   ELSE t(', none of them with more sold.') END)
FROM products_price_falls
HAVING count(*) > 0
UNION ALL
SELECT scope, of, 212,
       concat(t('Key brands make up {1} of the revenue of the year', format(key_brand_share, 'percent1')),
              CASE WHEN share_before IS NOT NULL
                   THEN t(CASE WHEN key_brand_share < share_before THEN ', down from {1} in the same period of last year'
                               ELSE ', after {1} in the same period of last year' END,
                               format(share_before, 'percent1')) END,
              t('.'))
FROM products_key_share
WHERE key_brand_share IS NOT NULL
UNION ALL
SELECT 'company', 'company', 213,
       t(CASE count(*) WHEN 1 THEN '1 launch lags: it sold less than half of what earlier ones had sold by the same week.'
                       ELSE '{1} launches lag: they sold less than half of what earlier ones had sold by the same week.' END, count(*))
FROM products_launch_stand
WHERE lags = 1
HAVING count(*) > 0
UNION ALL
SELECT 'company', 'company', 214,
       concat(t(CASE count(*) WHEN 1 THEN '1 product moves slowly' ELSE '{1} products move slowly' END, count(*)),
              CASE WHEN sum(CASE WHEN stock > 0 THEN stock_value END) > 0
                   THEN t(CASE WHEN count(*) = 1 THEN '; its stock is worth {2}'
                               WHEN sum(coalesce(stock, 0) > 0) = 1 THEN '; 1 of them is in stock, worth {2}'
                               ELSE '; {1} of them are in stock, worth {2}' END, sum(coalesce(stock, 0) > 0),
                          short_money(sum(CASE WHEN stock > 0 THEN stock_value END))) END, t('.'))
FROM products_slow
HAVING count(*) > 0;

-- Launches that lag, prices that fell by a tenth or more, slow movers: three of each one by one, the
-- rest in a line. Nobody answers for a product but who answers for the company.
CREATE VIEW products_exceptions AS
WITH lagging AS (
    SELECT product, name, launch_revenue, launch_typical, n, compared, launch_ratio, launched,
           row_number() OVER (ORDER BY launch_revenue - launch_typical, product) AS nth
    FROM products_launch_stand
    WHERE lags = 1
),
slow AS (
    SELECT s.product, s.name, s.why, s.stock, s.stock_months, s.cost, s.silent_days, s.pieces_3,
           s.pieces_3_before, s.last_sale,
           row_number() OVER (ORDER BY coalesce(s.cost, 0) DESC, s.product) AS nth
    FROM products_slow AS s
    LEFT JOIN lagging AS l ON l.product = s.product
    WHERE l.product IS NULL
),
falls AS (
    SELECT product, name, price_change, pieces_change, price_effect,
           row_number() OVER (ORDER BY price_effect, product) AS nth
    FROM products_price_falls
    WHERE price_change <= -0.1
),
points AS (
    SELECT concat('products:launch:', product) AS id, 2 AS severity, launch_typical - launch_revenue AS cost,
           CASE WHEN launch_revenue = 0
                THEN t(CASE n WHEN 1 THEN '{1}: nothing sold in {2} {2:week|weeks}; the earlier launch had sold {3} by then'
                              ELSE '{1}: nothing sold in {2} {2:week|weeks}; {4} earlier launches had sold {3} by then, in the middle' END,
                       name, compared, short_money(launch_typical), n)
                ELSE t(CASE n WHEN 1 THEN '{1}: sold for {5} in {2} {2:week|weeks}, {6} of what the earlier launch had sold by then'
                              ELSE '{1}: sold for {5} in {2} {2:week|weeks}, {6} of what {4} earlier launches had sold by then' END,
                       name, compared, NULL, n, short_money(launch_revenue), percent(launch_ratio)) END AS text,
           product, launched AS since
    FROM lagging
    WHERE nth <= 3
    UNION ALL
    SELECT 'products:launches', 3, sum(launch_typical - launch_revenue),
           t(CASE count(*) WHEN 1 THEN '1 more launch sold less than half of what earlier ones had sold by the same week'
                           ELSE '{1} more launches sold less than half of what earlier ones had sold by the same week' END, count(*)),
           NULL, NULL
    FROM lagging
    WHERE nth > 3
    HAVING count(*) > 0
    UNION ALL
    SELECT concat('products:price:', product), 3, -price_effect,
           t(CASE WHEN pieces_change > 0 THEN '{1}: price per unit {2} below last year, {3} more sold'
                  WHEN pieces_change < 0 THEN '{1}: price per unit {2} below last year, and {3} less sold'
                  ELSE '{1}: price per unit {2} below last year, and as many sold' END,
             name, format(-price_change, 'percent1'), percent(abs(pieces_change))),
           product, NULL
    FROM falls
    WHERE nth <= 3
    UNION ALL
    SELECT 'products:prices', 3, -sum(price_effect),
           t(CASE count(*) WHEN 1 THEN '1 more product brings at least a tenth less per unit than last year'
                           ELSE '{1} more products bring at least a tenth less per unit than last year' END,
                           count(*)),
           NULL, NULL
    FROM falls
    WHERE nth > 3
    HAVING count(*) > 0
    UNION ALL
    SELECT concat('products:slow:', product), CASE WHEN stock > 0 THEN 2 ELSE 3 END, cost,
           CASE WHEN stock > 0 AND pieces_3 <= 0
               THEN t('{1}: {2} in stock, none sold in three months', name, number(stock))
                WHEN stock > 0
                THEN t('{1}: {2} in stock, {3} sold in three months (a year before {4}): lasts {5} {5:month|months} at this pace', name,
                       number(stock), number(pieces_3), number(pieces_3_before), format(stock_months, 'number1'))
                WHEN why = 'silent' AND last_sale IS NULL
                    THEN t('{1}: never sold, on sale for {2} {2:day|days}', name, silent_days)
                WHEN why = 'silent' THEN t('{1}: not sold for {2} {2:day|days}', name, silent_days)
                ELSE t('{1}: {2} sold in three months, {3} a year before', name, number(pieces_3), number(pieces_3_before)) END,
           product, CASE why WHEN 'silent' THEN add_days(as_of(), CASE WHEN last_sale IS NULL THEN 184 ELSE 91 END - silent_days) END
    FROM slow
    WHERE nth <= 3
    UNION ALL
    SELECT 'products:slow', 3, sum(cost),
           t(CASE count(*) WHEN 1 THEN '1 more product moves slowly' ELSE '{1} more products move slowly' END, count(*)), NULL, NULL
    FROM slow
    WHERE nth > 3
    HAVING count(*) > 0
)
SELECT p.id, p.severity, p.cost, c.owner, p.text,
       CASE WHEN g.product IS NULL THEN 'products' ELSE 'product' END AS page,
       g.product AS key, p.since
FROM points AS p
LEFT JOIN product_pages AS g ON g.product = p.product
LEFT JOIN company_owner AS c;

-- What a person sold of key brands ÷ all they sold, by month; and where all products have the same
-- unit, what one of it brought: revenue ÷ quantity. No row without revenue, without quantity.
CREATE VIEW products_measures AS
SELECT of AS person, month, 'key_brand_month' AS measure, ratio(key_revenue, revenue) AS value
FROM products_key_months
WHERE scope = 'person' AND revenue > 0
UNION ALL
SELECT of, month, 'price_month', CAST(round(ratio(revenue, quantity)) AS INTEGER)
FROM revenue_by_month
WHERE scope = 'person' AND quantity > 0 AND (SELECT count(DISTINCT unit) FROM products) = 1;

-- A launch behind the first sale: its weeks would be counted wrong.
CREATE VIEW products_checks AS
SELECT 'warning' AS severity, 'products' AS tbl, p._row AS row,
       t('product {1} was sold on {2}, before its launch on {3}', p.product, date_text(i.first_sale),
         date_text(p.launched)) AS text,
       t('correct column launched') AS remedy
FROM products AS p
JOIN products_items AS i ON i.product = p.product
WHERE i.first_sale < p.launched;
