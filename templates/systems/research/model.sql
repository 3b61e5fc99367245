-- Research: notes of the market, suggestions, prices of competitors.

-- ---- notes ----

-- Each subject with its notes of the last 90 days and of the 90 before, and the latest text.
CREATE VIEW research_subjects AS
WITH noted AS (
    SELECT kind, coalesce(subject, t('without a subject')) AS subject, date, person, text,
           row_number() OVER (PARTITION BY kind, subject ORDER BY date DESC, _row DESC) AS nth
    FROM market_notes
)
SELECT kind, subject, sum(date > add_days(as_of(), -90)) AS notes_90,
       sum(date <= add_days(as_of(), -90) AND date > add_days(as_of(), -180)) AS notes_before_90,
       count(DISTINCT CASE WHEN date > add_days(as_of(), -90) THEN person END) AS noted_by, max(date) AS subject_latest,
       max(CASE nth WHEN 1 THEN text END) AS latest
FROM noted
GROUP BY kind, subject;

-- Suggestions with their age; one without a state is open. days: since it was noted.
CREATE VIEW research_suggestions AS
SELECT n._row AS note, n.date, n.person, n.subject, n.product, n.text, coalesce(n.state, 'open') AS state,
       days_between(n.date, as_of()) AS days
FROM market_notes AS n
WHERE n.kind = 'product suggestion';

-- ---- prices ----

-- The price of each competitor for each product as it was known at the end of each of the last 13
-- months (the as-of date for this one): the latest one seen in the six months up to then. Money.
CREATE VIEW research_known AS
WITH spans AS MATERIALIZED ( -- reckoned once a month, not once a price
    SELECT month, month_last(add_months(month, -6)) AS after, month_last(month) AS last
    FROM months(add_months(as_of_month(), -13), as_of_month())
),
seen AS (
    SELECT m.month, p.product, p.competitor, p.price, p.date,
           row_number() OVER (PARTITION BY m.month, p.product, p.competitor ORDER BY p.date DESC, p._row DESC) AS nth
    FROM spans AS m
    JOIN competitor_prices AS p ON p.date > m.after AND p.date <= m.last AND p.price > 0
)
SELECT month, product, competitor, price, date FROM seen WHERE nth = 1;

-- Competitor price index by month: 100 × geometric mean of (their price ÷ our list price), over the
-- products of which one is known: the Jevons index of elementary prices (W. S. Jevons, 1865; ILO,
-- Consumer Price Index Manual, 2004). NULL where no product has a list price. n: how many.
CREATE VIEW research_index AS
SELECT k.competitor, k.month, count(*) AS n, 100 * exp(avg(ln(ratio(k.price, p.list_price)))) AS price_index
FROM research_known AS k
JOIN products AS p ON p.product = k.product AND p.list_price > 0
GROUP BY k.competitor, k.month;

-- How their prices moved from month to month: geometric mean of price ÷ price of the month before,
-- less 1, over the products known in both.
CREATE VIEW research_moves AS
SELECT k.competitor, k.month, count(*) AS n, sum(k.price < b.price) AS cuts,
       exp(avg(ln(ratio(k.price, b.price)))) - 1 AS moved
FROM research_known AS k
JOIN research_known AS b
  ON b.product = k.product AND b.competitor = k.competitor AND b.month = add_months(k.month, -1)
GROUP BY k.competitor, k.month;

-- Competitors whose prices fell by 5 % or more from one month to the next, this month or in the one
-- before, over three products at least.
CREATE VIEW research_cuts AS
SELECT competitor, month, n, cuts, moved
FROM research_moves
WHERE month >= add_months(as_of_month(), -1) AND n >= 3 AND moved <= -0.05;

-- What we sold in 12 months of the products that they cut: what is at stake. Money.
CREATE VIEW research_cut_stakes AS
SELECT c.competitor, c.month, sum(r.revenue_12) AS revenue_12
FROM research_cuts AS c
JOIN research_known AS k ON k.competitor = c.competitor AND k.month = c.month
JOIN research_known AS b
  ON b.product = k.product AND b.competitor = k.competitor AND b.month = add_months(k.month, -1)
      AND k.price < b.price
JOIN product_revenue AS r ON r.product = k.product
GROUP BY c.competitor, c.month;

-- ---- what the whole reads ----

-- Key figures: notes, open suggestions, and the mean index of competitors.
CREATE VIEW research_figures AS
SELECT 42 AS rank, 'open_suggestions' AS name, sum(state = 'open') AS value, NULL AS target, NULL AS before,
       NULL AS series, 'research' AS page, NULL AS key
FROM research_suggestions
HAVING count(*) > 0
UNION ALL
SELECT 42, 'price_index', n.price_index, NULL, b.price_index, t.course, 'research', NULL
FROM (SELECT exp(avg(ln(price_index))) AS price_index FROM research_index WHERE month = as_of_month()) AS n
JOIN (SELECT exp(avg(ln(price_index))) AS price_index FROM research_index WHERE month = add_months(as_of_month(), -12)) AS b
JOIN (SELECT series(month, price_index) AS course
      FROM (SELECT month, exp(avg(ln(price_index))) AS price_index FROM research_index GROUP BY month)) AS t
WHERE n.price_index IS NOT NULL
UNION ALL
SELECT 42, 'notes_90', sum(date > add_days(as_of(), -90)), NULL,
       sum(date <= add_days(as_of(), -90) AND date > add_days(as_of(), -180)), NULL, 'research', NULL
FROM market_notes
HAVING count(*) > 0;

-- What follows from the figures, in sentences: prices that were cut, of this month before the one
-- before, the deepest first; suggestions that wait, what is talked about most; of a person what they
-- noted. One row a scope and rank: pages take it as one value.
CREATE VIEW research_findings AS
WITH waiting AS (
    SELECT 'company' AS scope, 'company' AS of, days, state FROM research_suggestions
    UNION ALL
    SELECT 'person', person, days, state FROM research_suggestions WHERE person IS NOT NULL
),
talked AS (
    SELECT subject, notes_90, noted_by, row_number() OVER (ORDER BY notes_90 DESC, subject) AS nth
    FROM research_subjects
    WHERE notes_90 > 1 AND kind <> 'product suggestion'
)
SELECT 'company' AS scope, 'company' AS of, 220 AS rank, group_concat(text, ' ') AS text
FROM (SELECT t(CASE WHEN n = cuts THEN '{1} cut all of {3} prices seen in {4}: {2} on the month before.'
                    ELSE '{1} cut {5} of {3} prices seen in {4}: {2} on the month before.' END,
               competitor, format(moved, '+percent1'), n, month_text(month), cuts) AS text
      FROM research_cuts
      ORDER BY month DESC, moved, competitor)
HAVING count(*) > 0
UNION ALL
SELECT scope, of, 221,
       concat(t(CASE sum(state = 'open') WHEN 1 THEN '1 suggestion is open' ELSE '{1} suggestions are open' END,
                sum(state = 'open')),
              CASE WHEN sum(state = 'open' AND days >= 90) = 0 THEN NULL
                   WHEN sum(state = 'open') = 1 THEN t(', for 90 days or more')
                   ELSE t(', {1} of them for 90 days or more', sum(state = 'open' AND days >= 90)) END,
              t('; {1} of {2} were accepted or done.', sum(state IN ('accepted', 'done')), count(*)))
FROM waiting
GROUP BY scope, of
HAVING sum(state = 'open') > 0
UNION ALL
SELECT 'company', 'company', 222,
       t(CASE noted_by WHEN 1 THEN 'Noted most in 90 days: {1}, {2} {2:note|notes} by 1 person.'
                       ELSE 'Noted most in 90 days: {1}, {2} notes by {3} people.' END, subject, notes_90, noted_by)
FROM talked
WHERE nth = 1;

-- Competitors who cut their prices, and suggestions that wait for 90 days or more: three one by one,
-- the rest in a line. Who answers for the company decides on both.
CREATE VIEW research_exceptions AS
WITH waiting AS (
    SELECT note, date, subject, text, days, product, row_number() OVER (ORDER BY date, note) AS nth
    FROM research_suggestions
    WHERE state = 'open' AND days >= 90
),
points AS (
    SELECT concat('research:cut:', c.competitor, ':', c.month) AS id, 2 AS severity, s.revenue_12 AS cost,
           t('{1} cut prices in {2}: {3} over {4} {4:product|products}', c.competitor, month_text(c.month),
             format(c.moved, '+percent1'), c.n) AS text,
           'research' AS page, NULL AS key, month_first(c.month) AS since
    FROM research_cuts AS c
    LEFT JOIN research_cut_stakes AS s ON s.competitor = c.competitor AND s.month = c.month
    UNION ALL
    SELECT concat('research:open:', w.note), 3, NULL,
           t('Suggestion open for {1} {1:day|days}: {2}', w.days, coalesce(w.subject || ', ' || w.text, w.text)),
           CASE WHEN g.product IS NULL THEN 'research' ELSE 'product' END, g.product, add_days(w.date, 90)
    FROM waiting AS w
    LEFT JOIN product_pages AS g ON g.product = w.product
    WHERE w.nth <= 3
    UNION ALL
    SELECT 'research:open', 3, NULL,
           t(CASE count(*) WHEN 1 THEN '1 more suggestion has been open for 90 days or more'
                           ELSE '{1} more suggestions have been open for 90 days or more' END, count(*)),
           'research', NULL, add_days(min(date), 90)
    FROM waiting
    WHERE nth > 3
    HAVING count(*) > 0
)
SELECT p.id, p.severity, p.cost, c.owner, p.text, p.page, p.key, p.since
FROM points AS p
LEFT JOIN company_owner AS c;

-- A note that has a state though it suggests nothing.
CREATE VIEW research_checks AS
SELECT 'warning' AS severity, 'market_notes' AS tbl, _row AS row,
       t('a note of kind {1} has state {2}', kind, state) AS text,
       t('leave column state empty, or write product suggestion in column kind') AS remedy
FROM market_notes
WHERE state IS NOT NULL AND kind <> 'product suggestion';
