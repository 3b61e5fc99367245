-- Demand: what customers report, order and get; what people predict; what customers know. In the
-- unit of orders.csv. A customer's month belongs to who looks after them today, and to their region.

-- The last month that is over: the as-of date's where no working day of it is left.
CREATE VIEW demand_closed AS
SELECT CASE WHEN gone = working_days THEN month ELSE add_months(month, -1) END AS month
FROM calendar
WHERE month = as_of_month();

-- ---- awareness ----

-- Answers by scope, month and question: company; region of the customer; person.
CREATE VIEW demand_answered AS
WITH cells AS (
    SELECT month, person, region, question, sum(CASE answered WHEN 'knows' THEN answers ELSE 0 END) AS knowing,
           sum(CASE answered WHEN 'confuses' THEN answers ELSE 0 END) AS confusing, sum(answers) AS answers
    FROM demand_answers
    GROUP BY month, person, region, question
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, month, question, knowing, confusing, answers FROM cells
    UNION ALL
    SELECT 'region', w.within, c.month, c.question, c.knowing, c.confusing, c.answers
    FROM cells AS c
    JOIN regions_within AS w ON w.region = c.region
    UNION ALL
    SELECT 'person', person, month, question, knowing, confusing, answers FROM cells WHERE person IS NOT NULL
)
SELECT scope, of, month, question, sum(knowing) AS knowing, sum(confusing) AS confusing, sum(answers) AS answers
FROM scoped
GROUP BY scope, of, month, question;

-- Awareness = answers that know ÷ answers, by month and (span 'recent') of the as-of month and the
-- two before, with the 95 % interval of Wilson: (2k + z² ± z √(z² + 4k(1 − k ÷ n))) ÷ 2(n + z²),
-- z = 1.959964 (J. Am. Stat. Assoc. 22, 1927). NULL nowhere: no row without an answer.
CREATE VIEW demand_awareness AS
WITH sums AS (
    SELECT scope, of, 'month' AS span, month, sum(knowing) AS k, sum(confusing) AS confusing, sum(answers) AS n
    FROM demand_answered
    GROUP BY scope, of, month
    UNION ALL
    SELECT scope, of, 'recent', as_of_month(), sum(knowing), sum(confusing), sum(answers)
    FROM demand_answered
    WHERE month >= add_months(as_of_month(), -2)
    GROUP BY scope, of
)
SELECT scope, of, span, month, k AS knowing, confusing, n - k - confusing AS unknowing, n AS answers,
       ratio(k, n) AS awareness,
       (2 * k + 3.841459 - 1.959964 * sqrt(3.841459 + 4.0 * k * (1 - ratio(k, n)))) / (2 * (n + 3.841459)) AS awareness_low,
       (2 * k + 3.841459 + 1.959964 * sqrt(3.841459 + 4.0 * k * (1 - ratio(k, n)))) / (2 * (n + 3.841459)) AS awareness_high
FROM sums;

-- People whose customers know less than those of all others, beyond chance: the whole interval of
-- three months lies under the others' rate.
CREATE VIEW demand_unaware AS
SELECT p.of AS person, p.answers, p.awareness, p.awareness_low, p.awareness_high,
       ratio(c.knowing - p.knowing, c.answers - p.answers) AS others_awareness
FROM demand_awareness AS p
JOIN demand_awareness AS c ON c.scope = 'company' AND c.span = 'recent'
WHERE p.scope = 'person' AND p.span = 'recent'
  AND p.awareness_high < ratio(c.knowing - p.knowing, c.answers - p.answers);

-- ---- reported, ordered, supplied ----

-- By scope and month up to the as-of date's.
--   self_reported = reported by the customers themselves ÷ reported; NULL where nothing was
--   ordered_of_reported, supplied_of_reported: ÷ reported, of months that are over and that
--   orders.csv holds; else NULL
CREATE VIEW demand_by_month AS
WITH cells AS (
    SELECT month, owner, region, sum(reported) AS reported,
           sum(CASE reported_by WHEN 'self' THEN reported ELSE 0 END) AS by_self, NULL AS wanted, NULL AS supplied
    FROM demand_owner
    WHERE month <= as_of_month()
    GROUP BY month, owner, region
    UNION ALL
    SELECT month, owner, region, 0, 0, sum(wanted), sum(supplied)
    FROM demand_ordered
    WHERE month IN (SELECT month FROM demand_owner)
    GROUP BY month, owner, region
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, month, reported, by_self, wanted, supplied FROM cells
    UNION ALL
    SELECT 'region', w.within, c.month, c.reported, c.by_self, c.wanted, c.supplied
    FROM cells AS c
    JOIN regions_within AS w ON w.region = c.region
    UNION ALL
    SELECT 'person', owner, month, reported, by_self, wanted, supplied FROM cells WHERE owner IS NOT NULL
),
sums AS (
    SELECT scope, of, month, sum(reported) AS reported, sum(by_self) AS by_self, sum(wanted) AS wanted,
           sum(supplied) AS supplied
    FROM scoped
    GROUP BY scope, of, month
)
SELECT s.scope, s.of, s.month, s.reported, s.by_self, s.wanted, s.supplied, ratio(s.by_self, s.reported) AS self_reported,
       CASE WHEN s.month <= o.month THEN ratio(s.wanted, s.reported) END AS ordered_of_reported,
       CASE WHEN s.month <= o.month THEN ratio(s.supplied, s.reported) END AS supplied_of_reported
FROM sums AS s
JOIN demand_closed AS o;

-- Each customer's month: what was reported, and how much of it by themselves.
CREATE VIEW demand_customers AS
SELECT customer, month, sum(reported) AS reported,
       sum(CASE reported_by WHEN 'self' THEN reported ELSE 0 END) AS by_self,
       max(CASE reported_by WHEN 'self' THEN 1 ELSE 0 END) AS themselves
FROM demand_customer
GROUP BY customer, month;

-- Customers of a person by business circle (without one by category), of the as-of month and the two
-- before: how many of those for whom demand was reported did it themselves at least once.
CREATE VIEW demand_groups AS
WITH reports AS (
    SELECT customer, max(themselves) AS themselves, sum(reported) AS reported, sum(by_self) AS by_self
    FROM demand_customers
    WHERE month >= add_months(as_of_month(), -2) AND month <= as_of_month()
    GROUP BY customer
)
SELECT c.owner AS person, coalesce(c.business_circle, c.category, t('without one')) AS customer_group,
       count(*) AS reporters, sum(r.themselves) AS self_reporters, sum(r.reported) AS reported,
       ratio(sum(r.by_self), sum(r.reported)) AS self_reported
FROM reports AS r
JOIN customers AS c ON c.customer = r.customer
WHERE c.owner IS NOT NULL
GROUP BY c.owner, coalesce(c.business_circle, c.category, t('without one'));

-- Groups of five customers or more in which nobody reports for themselves.
CREATE VIEW demand_silent_groups AS
SELECT person, customer_group, reporters, reported,
       row_number() OVER (PARTITION BY person ORDER BY reporters DESC, customer_group) AS nth
FROM demand_groups
WHERE self_reporters = 0 AND reporters >= 5;

-- ---- predictions ----

-- Predicted and ordered by person, month and brand, of the last six months that are over and in which
-- the person predicted anything; key_: the key products of the brand.
CREATE VIEW demand_brand_months AS
WITH cells AS (
    SELECT p.person, p.month, p.brand, p.quantity AS predicted, 0 AS ordered,
           CASE WHEN p.key_brand THEN p.quantity ELSE 0 END AS key_predicted, 0 AS key_ordered
    FROM demand_predicted AS p
    JOIN demand_closed AS o ON p.month <= o.month AND p.month > add_months(o.month, -6)
    UNION ALL
    SELECT owner, month, brand, 0, wanted, 0, CASE WHEN key_brand THEN wanted ELSE 0 END
    FROM demand_ordered
)
SELECT c.person, c.month, coalesce(c.brand, t('without a brand')) AS brand, sum(c.predicted) AS predicted,
       sum(c.ordered) AS ordered, sum(c.key_predicted) AS key_predicted, sum(c.key_ordered) AS key_ordered
FROM cells AS c
JOIN (SELECT DISTINCT p.person, p.month
      FROM demand_predicted AS p
      JOIN demand_closed AS o ON p.month <= o.month AND p.month > add_months(o.month, -6)) AS known
  ON known.person = c.person AND known.month = c.month
GROUP BY c.person, c.month, coalesce(c.brand, t('without a brand'));

-- By person and month.
--   prediction_accuracy = 1 − |ordered − predicted| ÷ ordered
--   brand_accuracy = 1 − Σ over brands |ordered − predicted| ÷ ordered; key_accuracy over key products
--   prediction_bias = (predicted − ordered) ÷ ordered
-- NULL where nothing was ordered; below 0 where more than all is wrong. error, brand_error,
-- key_error: what stands above ÷, so that months and people can be added up. counts: 1 where it can be
-- compared: orders.csv holds the month, and customers of this person ordered in some month; then what
-- was predicted for a month without an order is an error as a whole.
CREATE VIEW demand_accuracy_months AS
WITH sums AS (
    SELECT person, month, sum(predicted) AS predicted, sum(ordered) AS ordered,
           abs(sum(predicted) - sum(ordered)) AS error, sum(abs(predicted - ordered)) AS brand_error,
           sum(key_ordered) AS key_ordered, sum(abs(key_predicted - key_ordered)) AS key_error
    FROM demand_brand_months
    GROUP BY person, month
)
SELECT person, month, predicted, ordered, error, brand_error, key_ordered, key_error,
       1 - ratio(error, ordered) AS prediction_accuracy, 1 - ratio(brand_error, ordered) AS brand_accuracy,
       1 - ratio(key_error, key_ordered) AS key_accuracy, ratio(predicted - ordered, ordered) AS prediction_bias,
       CASE WHEN month IN (SELECT month FROM demand_ordered) AND max(ordered) OVER (PARTITION BY person) > 0
            THEN 1 ELSE 0 END AS counts
FROM sums;

-- The same over the last six months that are over, by scope: errors of each person's month added up ÷
-- ordered added up (weighted absolute percentage error: Kolassa & Schütz, Foresight 6, 2007), also those
-- of a month without orders. Only people for whose customers orders are known.
CREATE VIEW demand_accuracy AS
WITH months AS (
    SELECT person, month, predicted, ordered, error, brand_error, key_ordered, key_error,
           CASE WHEN predicted > ordered THEN 1 ELSE 0 END AS too_much,
           CASE WHEN predicted < ordered THEN 1 ELSE 0 END AS too_little
    FROM demand_accuracy_months
    WHERE counts = 1
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, month, predicted, ordered, error, brand_error, key_ordered, key_error,
           too_much, too_little
    FROM months
    UNION ALL
    SELECT s.scope, s.of, m.month, m.predicted, m.ordered, m.error, m.brand_error, m.key_ordered, m.key_error,
           m.too_much, m.too_little
    FROM months AS m
    JOIN person_scopes AS s ON s.person = m.person AND m.month >= s.from_month AND m.month < s.before_month
)
SELECT scope, of, count(DISTINCT month) AS months, sum(predicted) AS predicted, sum(ordered) AS ordered,
       sum(too_much) AS too_much, sum(too_little) AS too_little,
       1 - ratio(sum(error), sum(ordered)) AS prediction_accuracy,
       1 - ratio(sum(brand_error), sum(ordered)) AS brand_accuracy,
       1 - ratio(sum(key_error), sum(key_ordered)) AS key_accuracy,
       ratio(sum(predicted) - sum(ordered), sum(ordered)) AS prediction_bias
FROM scoped
GROUP BY scope, of;

-- League table of the people who are here: by accuracy in total, then by single brand, then by key
-- brands, each to a tenth of a percent; equal ones share a place.
CREATE VIEW demand_league AS
SELECT a.of AS person, a.months, a.predicted, a.ordered, a.too_much, a.too_little, a.prediction_accuracy, a.brand_accuracy,
       a.key_accuracy, a.prediction_bias,
       rank() OVER (ORDER BY round(a.prediction_accuracy, 3) DESC, round(a.brand_accuracy, 3) DESC,
                             round(a.key_accuracy, 3) DESC) AS league_place,
       count(*) OVER () AS people
FROM demand_accuracy AS a
JOIN people AS p ON p.person = a.of AND (p.left IS NULL OR p.left > as_of())
WHERE a.scope = 'person';

-- Biased: predicted at least a tenth too much, or too little, and in all months but one at most; from
-- three months on. cost: cartons off × price of a carton. Money.
CREATE VIEW demand_biased AS
SELECT l.person, l.months, l.too_much, l.too_little, l.predicted, l.ordered, l.prediction_bias,
       CAST(round(abs(l.predicted - l.ordered) * c.price) AS INTEGER) AS cost
FROM demand_league AS l
LEFT JOIN supply_price AS c
WHERE abs(l.prediction_bias) >= 0.1 AND l.months >= 3
  AND CASE WHEN l.prediction_bias > 0 THEN l.too_much ELSE l.too_little END >= l.months - 1;

-- Brands over the last six months that are over: all predictions added up against all orders of the
-- same people. Accuracy of each person's month, added up. is_key: the brand has a key product.
CREATE VIEW demand_brands AS
SELECT b.brand, sum(b.predicted) AS predicted, sum(b.ordered) AS ordered,
       CASE WHEN sum(b.key_ordered) + sum(b.key_predicted) > 0 THEN 1 ELSE 0 END AS is_key,
       1 - ratio(sum(abs(b.predicted - b.ordered)), sum(b.ordered)) AS brand_accuracy,
       ratio(sum(b.predicted) - sum(b.ordered), sum(b.ordered)) AS prediction_bias
FROM demand_brand_months AS b
GROUP BY b.brand;

-- By product and month: predicted, reported, ordered, supplied; NULL where a table has no such row.
CREATE VIEW demand_products AS
WITH cells AS (
    SELECT product, month, quantity AS predicted, NULL AS reported, NULL AS ordered, NULL AS supplied
    FROM demand_predicted_product
    UNION ALL
    SELECT product, month, NULL, reported, NULL, NULL FROM demand_product
    UNION ALL
    SELECT product, month, NULL, NULL, wanted, supplied FROM demand_ordered_product
)
SELECT product, month, sum(predicted) AS predicted, sum(reported) AS reported, sum(ordered) AS ordered,
       sum(supplied) AS supplied
FROM cells
WHERE product IS NOT NULL AND month > add_months(as_of_month(), -7)
GROUP BY product, month;

-- ---- what the whole reads ----

-- Key figures of each scope: awareness of this month and the two before, accuracy of the last six
-- months that are over, share of demand that customers reported themselves for this month. n: answers.
CREATE VIEW demand_scope_figures AS
WITH aware AS (
    SELECT scope, of, series(month, awareness) AS series FROM demand_awareness WHERE span = 'month' GROUP BY scope, of
),
shares AS (
    SELECT scope, of, series(month, self_reported) AS series FROM demand_by_month GROUP BY scope, of
)
SELECT a.scope, a.of, 14 AS rank, 'awareness' AS name, a.awareness AS value, NULL AS target, NULL AS before, t.series,
       a.answers AS n, t('Awareness, last 3 months') AS label
FROM demand_awareness AS a
JOIN aware AS t ON t.scope = a.scope AND t.of = a.of
WHERE a.span = 'recent'
UNION ALL
SELECT scope, of, 15, 'prediction_accuracy', prediction_accuracy, NULL, NULL, NULL, NULL, t('Accuracy, last 6 months') FROM demand_accuracy
UNION ALL
SELECT m.scope, m.of, 46, 'self_reported', m.self_reported, NULL, NULL, t.series, NULL, t('Reported themselves this month')
FROM demand_by_month AS m
JOIN shares AS t ON t.scope = m.scope AND t.of = m.of
WHERE m.month = as_of_month() AND m.self_reported IS NOT NULL;

-- Of the months so far of the fiscal quarter and year, of company and regions: awareness; accuracy of the predictions of
-- months that are over, where all of the period's are in reach of the orders (six months back); who reports, where
-- demand is known from the period's beginning on.
CREATE VIEW demand_period_figures AS
WITH aware AS (
    SELECT p.grain, a.scope, a.of, ratio(sum(a.knowing), sum(a.answers)) AS awareness, sum(a.answers) AS answers
    FROM report_periods AS p
    JOIN demand_answered AS a ON a.month >= p.first AND a.month <= as_of_month() AND a.scope IN ('company', 'region')
    GROUP BY p.grain, a.scope, a.of
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, month, error, ordered FROM demand_accuracy_months WHERE counts = 1
    UNION ALL
    SELECT s.scope, s.of, m.month, m.error, m.ordered
    FROM demand_accuracy_months AS m
    JOIN person_scopes AS s ON s.person = m.person AND m.month >= s.from_month AND m.month < s.before_month
                           AND s.scope = 'region'
    WHERE m.counts = 1
),
right AS (
    SELECT p.grain, s.scope, s.of, 1 - ratio(sum(s.error), sum(s.ordered)) AS prediction_accuracy
    FROM report_periods AS p
    JOIN demand_closed AS c
    JOIN scoped AS s ON s.month >= p.first AND s.month <= c.month
    WHERE p.first >= add_months(as_of_month(), -6)
    GROUP BY p.grain, s.scope, s.of
),
reported AS (
    SELECT p.grain, d.scope, d.of, ratio(sum(d.by_self), sum(d.reported)) AS self_reported
    FROM report_periods AS p
    JOIN demand_by_month AS d ON d.month >= p.first AND d.month <= as_of_month() AND d.scope IN ('company', 'region')
    WHERE p.first >= (SELECT min(k.month) FROM demand_by_month AS k)
    GROUP BY p.grain, d.scope, d.of
),
trends AS (
    SELECT scope, of, name, series FROM demand_scope_figures WHERE scope IN ('company', 'region')
)
SELECT a.scope, a.of, a.grain, 14 AS rank, 'awareness' AS name, a.awareness AS value, NULL AS target, NULL AS before,
       t.series, a.answers AS n
FROM aware AS a
LEFT JOIN trends AS t ON t.scope = a.scope AND t.of = a.of AND t.name = 'awareness'
WHERE a.awareness IS NOT NULL
UNION ALL
SELECT scope, of, grain, 15, 'prediction_accuracy', prediction_accuracy, NULL, NULL, NULL, NULL
FROM right
WHERE prediction_accuracy IS NOT NULL
UNION ALL
SELECT r.scope, r.of, r.grain, 46, 'self_reported', r.self_reported, NULL, NULL, t.series, NULL
FROM reported AS r
LEFT JOIN trends AS t ON t.scope = r.scope AND t.of = r.of AND t.name = 'self_reported'
WHERE r.self_reported IS NOT NULL;

-- Who reported the demand of the fiscal quarter and year so far, where it is known from the beginning on.
CREATE VIEW demand_period_findings AS
SELECT d.scope, d.of, p.grain, 8 AS rank,
       t('Of the {1} {1:carton|cartons} of demand reported for {2}, customers reported {3} themselves.', number(sum(d.reported)),
         p.span, percent(ratio(sum(d.by_self), sum(d.reported)))) AS text
FROM report_periods AS p
JOIN demand_by_month AS d ON d.month >= p.first AND d.month <= as_of_month() AND d.scope IN ('company', 'region')
WHERE p.first >= (SELECT min(k.month) FROM demand_by_month AS k)
GROUP BY d.scope, d.of, p.grain, p.span
HAVING sum(d.reported) > 0;

-- The start page's figures: those of the company.
CREATE VIEW demand_figures AS
SELECT rank, name, value, target, before, series, 'demand' AS page, NULL AS key, n
FROM demand_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences: who reports, and what came of it; what customers know;
-- how well people predict; who is biased; for whom only the manager reports.
CREATE VIEW demand_findings AS
WITH least AS (
    SELECT u.person, u.awareness, u.awareness_low, u.awareness_high,
           row_number() OVER (ORDER BY u.awareness, u.person) AS nth
    FROM demand_unaware AS u
    JOIN people AS p ON p.person = u.person AND (p.left IS NULL OR p.left > as_of())
)
SELECT m.scope, m.of, 260 AS rank,
       concat(t('Of the {1} {1:carton|cartons} of demand reported for {2}, customers reported {3} themselves', number(m.reported),
                month_text(m.month), percent(m.self_reported)),
              CASE WHEN m.ordered_of_reported IS NOT NULL
                   THEN t('; {1} were ordered and {2} supplied', number(m.wanted), number(m.supplied)) END, '.') AS text
FROM demand_by_month AS m
WHERE m.month = as_of_month() AND m.reported > 0
UNION ALL
SELECT a.scope, a.of, 261,
       concat(t('{1} of {2} {2:answer|answers} since {3} show that customers know how it works', percent(a.awareness), a.answers,
                month_text(add_months(as_of_month(), -2))),
              CASE WHEN a.scope = 'company' AND l.person IS NOT NULL
                   THEN t('; least those of {1}: {2} ({3} to {4})', p.name, percent(l.awareness),
                          percent(l.awareness_low), percent(l.awareness_high)) END, '.')
FROM demand_awareness AS a
LEFT JOIN least AS l ON l.nth = 1
LEFT JOIN people_names AS p ON p.person = l.person
WHERE a.span = 'recent'
UNION ALL
SELECT scope, of, 262,
       t(CASE months WHEN 1 THEN 'Predictions of the last month that is over were right to {2} in total, {3} by single brand, {4} for key brands.'
                     ELSE 'Predictions of the last {1} months that are over were right to {2} in total, {3} by single brand, {4} for key brands.' END,
         months, coalesce(format(prediction_accuracy, 'percent1'), '–'), coalesce(format(brand_accuracy, 'percent1'), '–'),
         coalesce(format(key_accuracy, 'percent1'), '–'))
FROM demand_accuracy
WHERE prediction_accuracy IS NOT NULL
UNION ALL
SELECT 'person', person, 263,
       t(CASE WHEN prediction_bias > 0 THEN 'Predicts {1} too much, in {2} of {3} {3:month|months}.'
              ELSE 'Predicts {1} too little, in {2} of {3} {3:month|months}.' END, percent(abs(prediction_bias)),
         CASE WHEN prediction_bias > 0 THEN too_much ELSE too_little END, months)
FROM demand_biased
UNION ALL
SELECT 'company', 'company', 263,
       t(CASE WHEN b.prediction_bias > 0 THEN '{1} predicts {2} too much, in {3} of {4} {4:month|months}.'
              ELSE '{1} predicts {2} too little, in {3} of {4} {4:month|months}.' END, p.name,
         percent(abs(b.prediction_bias)), CASE WHEN b.prediction_bias > 0 THEN b.too_much ELSE b.too_little END, b.months)
FROM (SELECT person, prediction_bias, too_much, too_little, months,
             row_number() OVER (ORDER BY abs(prediction_bias) DESC, person) AS nth
      FROM demand_biased) AS b
LEFT JOIN people_names AS p ON p.person = b.person
WHERE b.nth = 1
UNION ALL
SELECT 'person', person, 264,
       t('Nobody of {1} reports for themselves: {2} {2:customer|customers}.', group_concat(customer_group, ', '), sum(reporters))
FROM demand_silent_groups
GROUP BY person
UNION ALL
SELECT 'company', 'company', 264,
       t(CASE count(*) WHEN 1 THEN 'For {2} {2:customer|customers} in 1 group only the manager reports: {3} of {4}.'
                       ELSE 'For {2} {2:customer|customers} in {1} groups only the manager reports, the largest {3} of {4}.' END,
         count(*), sum(s.reporters), max(CASE s.place WHEN 1 THEN s.customer_group END),
         max(CASE s.place WHEN 1 THEN p.name END))
FROM (SELECT person, customer_group, reporters,
             row_number() OVER (ORDER BY reporters DESC, person, customer_group) AS place
      FROM demand_silent_groups) AS s
LEFT JOIN people_names AS p ON p.person = s.person
HAVING count(*) > 0;

-- A line each for people who predict with a bias (cost: cartons off at their price), whose customers
-- know less than all others beyond chance, and who report for whole groups of customers. People who
-- left are let be.
CREATE VIEW demand_exceptions AS
WITH here AS (
    SELECT person FROM people WHERE left IS NULL OR left > as_of()
)
SELECT concat('demand:bias:', b.person) AS id, 2 AS severity, b.cost, b.person AS owner,
       t(CASE WHEN b.prediction_bias > 0 THEN 'Predicts {1} too much, in {2} of {3} {3:month|months}'
              ELSE 'Predicts {1} too little, in {2} of {3} {3:month|months}' END, percent(abs(b.prediction_bias)),
         CASE WHEN b.prediction_bias > 0 THEN b.too_much ELSE b.too_little END, b.months) AS text,
       'person' AS page, b.person AS key, month_first(add_months(o.month, -5)) AS since
FROM demand_biased AS b
JOIN demand_closed AS o
UNION ALL
SELECT concat('demand:unaware:', u.person), 2, NULL, u.person,
       t('{1} of the answers show that customers know how it works, {2} at the others', percent(u.awareness),
         percent(u.others_awareness)),
       'person', u.person, month_first(add_months(as_of_month(), -2))
FROM demand_unaware AS u
JOIN here AS h ON h.person = u.person
UNION ALL
SELECT concat('demand:silent:', s.person), 3, NULL, s.person,
       t(CASE count(*) WHEN 1 THEN 'Nobody of {2} reports their own demand: {3} {3:customer|customers}'
                       ELSE 'Nobody of {1} groups reports their own demand, {2} most: {3} {3:customer|customers}' END, count(*),
         max(CASE s.nth WHEN 1 THEN s.customer_group END), sum(s.reporters)),
       'person', s.person, month_first(add_months(as_of_month(), -2))
FROM demand_silent_groups AS s
JOIN here AS h ON h.person = s.person
GROUP BY s.person;

-- By person and month.
CREATE VIEW demand_measures AS
SELECT of AS person, month, 'awareness' AS measure, awareness AS value
FROM demand_awareness
WHERE scope = 'person' AND span = 'month'
UNION ALL
SELECT of, month, 'self_reported', self_reported
FROM demand_by_month
WHERE scope = 'person' AND self_reported IS NOT NULL
UNION ALL
SELECT person, month, 'prediction_accuracy', prediction_accuracy
FROM demand_accuracy_months
WHERE prediction_accuracy IS NOT NULL
UNION ALL
SELECT person, month, 'brand_accuracy', brand_accuracy FROM demand_accuracy_months WHERE brand_accuracy IS NOT NULL
UNION ALL
SELECT person, month, 'key_accuracy', key_accuracy FROM demand_accuracy_months WHERE key_accuracy IS NOT NULL
UNION ALL
SELECT person, month, 'prediction_bias', prediction_bias
FROM demand_accuracy_months
WHERE prediction_bias IS NOT NULL;

-- Predictions of people who look after no customer: nothing could come of them.
CREATE VIEW demand_checks AS
SELECT 'warning' AS severity, 'predictions' AS tbl, NULL AS row,
       t('{1} predicts for {2}, but looks after no customer', p.person, month_text(max(p.month))) AS text,
       t('write the person who looks after the customers, or their owner in customers.csv') AS remedy
FROM demand_predicted AS p
JOIN people AS h ON h.person = p.person AND (h.left IS NULL OR h.left > as_of())
WHERE p.person NOT IN (SELECT owner FROM customers WHERE owner IS NOT NULL)
GROUP BY p.person;
