-- Receivables: what customers owe, how long past due, how fast they pay, what they promised. As
-- known at the as-of date: later payments are not seen.

-- Age of what is open. A credit balance (a credit note neither set off nor paid out, or what was
-- overpaid) is a bucket of its own, so that it hides nothing that is overdue.
CREATE VIEW receivables_buckets AS
SELECT column1 AS bucket, column2 AS name
FROM (VALUES (1, t('Not due')), (2, t('1–30 days')), (3, t('31–60 days')), (4, t('61–90 days')),
             (5, t('Over 90 days')), (6, t('Credit balances')));

-- Each invoice: what was paid of it, what is open (below zero: a credit balance), how many days past
-- due. due_on: as written, else after the customer's payment_days, else after 30. person: who sold
-- it while they are here, else who looks after the customer; place: number of that person and the
-- region (the customer's, else the seller's) together. bucket: NULL where nothing is open. Money.
CREATE VIEW receivables_invoices AS
WITH paid AS (
    SELECT invoice, sum(amount) AS paid, max(date) AS last_paid FROM payments GROUP BY invoice
),
known AS (
    SELECT i._row AS invoice_row, i.invoice, i.date,
           coalesce(i.due, add_days(i.date, coalesce(c.payment_days, 30))) AS due_on, i.customer,
           i.person AS seller,
           CASE WHEN a.present = 1 THEN i.person ELSE coalesce(c.owner, i.person) END AS person,
           coalesce(c.region, p.region) AS region, i.amount, coalesce(y.paid, 0) AS paid,
           i.amount - coalesce(y.paid, 0) AS open_amount, y.last_paid
    FROM invoices AS i
    LEFT JOIN customers AS c ON c.customer = i.customer
    LEFT JOIN people AS p ON p.person = i.person
    LEFT JOIN acting_owners AS a ON a.person = i.person
    LEFT JOIN paid AS y ON y.invoice = i.invoice
),
aged AS (
    SELECT invoice, days_between(due_on, as_of()) AS days FROM known
)
SELECT k.invoice_row, k.invoice, k.date, k.due_on, k.customer, k.seller, k.person, k.region,
       dense_rank() OVER (ORDER BY k.person, k.region) AS place, k.amount, k.paid, k.open_amount, k.last_paid,
       CASE WHEN k.open_amount > 0 AND g.days > 0 THEN g.days END AS days_past_due,
       CASE WHEN k.open_amount < 0 THEN 6 WHEN k.open_amount = 0 THEN NULL WHEN g.days <= 0 THEN 1
            WHEN g.days <= 30 THEN 2 WHEN g.days <= 60 THEN 3 WHEN g.days <= 90 THEN 4 ELSE 5 END AS bucket,
       coalesce(o.owner, r.owner, b.owner) AS owner
FROM known AS k
JOIN aged AS g ON g.invoice = k.invoice
LEFT JOIN acting_owners AS o ON o.person = k.person
LEFT JOIN region_owners AS r ON r.region = k.region
LEFT JOIN company_owner AS b;

-- Which scopes an invoice counts for: company; each region around its own; its person, and their
-- team of today.
CREATE VIEW receivables_scopes AS
WITH places AS (
    SELECT DISTINCT place, person, region FROM receivables_invoices
)
SELECT 'company' AS scope, 'company' AS of, place FROM places
UNION ALL
SELECT 'region', w.within, p.place
FROM places AS p
JOIN regions_within AS w ON w.region = p.region
UNION ALL
SELECT 'person', person, place FROM places WHERE person IS NOT NULL
UNION ALL
SELECT 'team', s.team, p.place
FROM places AS p
JOIN person_spells AS s ON s.person = p.person AND s.from_month <= as_of_month()
     AND as_of_month() < s.before_month
WHERE s.team IS NOT NULL;

-- ---- aging ----

-- Open invoices by age, all buckets of each scope that has any: they add up to the receivables.
-- share: part of all but credit balances, for which it is NULL. Money.
CREATE VIEW receivables_aging AS
WITH cells AS (
    SELECT place, bucket, count(*) AS invoices, sum(open_amount) AS amount
    FROM receivables_invoices
    WHERE bucket IS NOT NULL
    GROUP BY place, bucket
),
sums AS (
    SELECT s.scope, s.of, c.bucket, sum(c.invoices) AS invoices, sum(c.amount) AS amount
    FROM cells AS c
    JOIN receivables_scopes AS s ON s.place = c.place
    GROUP BY s.scope, s.of, c.bucket
),
owed AS (
    SELECT scope, of, sum(CASE WHEN bucket < 6 THEN amount ELSE 0 END) AS amount FROM sums GROUP BY scope, of
)
SELECT o.scope, o.of, b.bucket, b.name, coalesce(s.invoices, 0) AS invoices, coalesce(s.amount, 0) AS amount,
       CASE WHEN b.bucket < 6 THEN ratio(coalesce(s.amount, 0), o.amount) END AS share
FROM owed AS o
JOIN receivables_buckets AS b
LEFT JOIN sums AS s ON s.scope = o.scope AND s.of = o.of AND s.bucket = b.bucket;

-- What is open, by scope. owed: without credit balances; overdue_share = overdue ÷ owed, NULL where
-- nothing is owed; customers: how many have something overdue. Money.
CREATE VIEW receivables_now AS
WITH sums AS (
    SELECT scope, of, sum(amount) AS receivables, sum(CASE WHEN bucket < 6 THEN amount ELSE 0 END) AS owed,
           sum(CASE WHEN bucket BETWEEN 2 AND 5 THEN invoices ELSE 0 END) AS overdue_invoices,
           sum(CASE WHEN bucket BETWEEN 2 AND 5 THEN amount ELSE 0 END) AS overdue_amount,
           sum(CASE WHEN bucket = 1 THEN amount ELSE 0 END) AS not_due,
           sum(CASE WHEN bucket = 2 THEN amount ELSE 0 END) AS days_1_30,
           sum(CASE WHEN bucket = 3 THEN amount ELSE 0 END) AS days_31_60,
           sum(CASE WHEN bucket = 4 THEN amount ELSE 0 END) AS days_61_90,
           sum(CASE WHEN bucket = 5 THEN amount ELSE 0 END) AS over_90,
           sum(CASE WHEN bucket = 6 THEN amount ELSE 0 END) AS credit_balance
    FROM receivables_aging
    GROUP BY scope, of
)
SELECT scope, of, receivables, owed, overdue_invoices, overdue_amount,
       ratio(overdue_amount, owed) AS overdue_share, not_due, days_1_30, days_31_60, days_61_90, over_90,
       credit_balance
FROM sums;

-- ---- over time ----

-- Each payment, and whose it is: the seller's while they were here, else who looks after the
-- customer. counted_on: a payment that came before its invoice counts from the invoice on.
CREATE VIEW receivables_payments AS
SELECT y.date, max(y.date, i.date) AS counted_on, y.invoice, y.amount, i.customer, i.due_on, i.region, i.place,
       CASE WHEN i.amount < 0 THEN 1 ELSE 0 END AS on_credit_note,
       CASE WHEN p.left IS NULL OR p.left >= y.date THEN coalesce(i.seller, i.person)
            ELSE coalesce(c.owner, i.seller) END AS person,
       CASE WHEN i.amount > 0 AND y.amount > 0 THEN days_between(i.due_on, y.date) END AS days_late
FROM payments AS y
JOIN receivables_invoices AS i ON i.invoice = y.invoice
LEFT JOIN people AS p ON p.person = i.seller
LEFT JOIN customers AS c ON c.customer = i.customer;

-- What changed receivables, by scope and month, each column summed up to the end of the month (the
-- running one to the as-of date); holds up to before next_month. credit: of it on credit notes;
-- overdue, over_90: invoices enter on the first and the 91st day past due, less what was paid of
-- them. Money.
CREATE VIEW receivables_flows AS
WITH steps AS (
    SELECT place, month(date) AS month, amount AS invoiced, 0 AS paid, min(amount, 0) AS credit, 0 AS overdue,
           0 AS over_90
    FROM receivables_invoices
    UNION ALL
    SELECT place, month(add_days(due_on, 1)), 0, 0, 0, amount, 0
    FROM receivables_invoices
    WHERE amount > 0 AND due_on < as_of()
    UNION ALL
    SELECT place, month(add_days(due_on, 91)), 0, 0, 0, 0, amount
    FROM receivables_invoices
    WHERE amount > 0 AND due_on < add_days(as_of(), -90)
    UNION ALL
    SELECT place, month(counted_on), 0, amount, CASE on_credit_note WHEN 1 THEN -amount ELSE 0 END, 0, 0
    FROM receivables_payments
    UNION ALL
    SELECT place, month(max(counted_on, add_days(due_on, 1))), 0, 0, 0, -amount, 0
    FROM receivables_payments
    WHERE on_credit_note = 0 AND due_on < as_of()
    UNION ALL
    SELECT place, month(max(counted_on, add_days(due_on, 91))), 0, 0, 0, 0, -amount
    FROM receivables_payments
    WHERE on_credit_note = 0 AND due_on < add_days(as_of(), -90)
),
cells AS (
    SELECT place, month, sum(invoiced) AS invoiced, sum(paid) AS paid, sum(credit) AS credit,
           sum(overdue) AS overdue, sum(over_90) AS over_90
    FROM steps
    GROUP BY place, month
),
scoped AS (
    SELECT s.scope, s.of, c.month, sum(c.invoiced) AS invoiced, sum(c.paid) AS paid, sum(c.credit) AS credit,
           sum(c.overdue) AS overdue, sum(c.over_90) AS over_90
    FROM cells AS c
    JOIN receivables_scopes AS s ON s.place = c.place
    GROUP BY s.scope, s.of, c.month
)
SELECT scope, of, month, lead(month, 1, '9999-99') OVER months AS next_month, invoiced,
       sum(invoiced) OVER months AS invoiced_to, sum(paid) OVER months AS paid_to,
       sum(credit) OVER months AS credit_to, sum(overdue) OVER months AS overdue_to,
       sum(over_90) OVER months AS over_90_to
FROM scoped
WINDOW months AS (PARTITION BY scope, of ORDER BY month);

-- Receivables, and of them overdue, at the end of each of the last 25 months, the running one at the
-- as-of date. overdue_share = overdue ÷ receivables without credit balances, NULL where there are
-- none. Money.
CREATE VIEW receivables_by_month AS
SELECT f.scope, f.of, c.month, f.invoiced_to - f.paid_to AS receivables, f.overdue_to AS overdue_amount,
       f.over_90_to AS over_90, ratio(f.overdue_to, f.invoiced_to - f.paid_to - f.credit_to) AS overdue_share
FROM receivables_flows AS f
JOIN calendar AS c ON c.month >= f.month AND c.month < f.next_month
WHERE c.month >= add_months(as_of_month(), -24) AND c.month <= as_of_month();

-- Receivables, and of them overdue, at the end of the same day of the year before, by scope; no row where
-- nothing had been invoiced by then. Money.
CREATE VIEW receivables_year_ago AS
WITH steps AS (
    SELECT i.place, i.amount, CASE WHEN i.amount > 0 AND i.due_on < d.day THEN i.amount ELSE 0 END AS overdue
    FROM receivables_invoices AS i
    JOIN day_year_ago AS d ON i.date <= d.day
    UNION ALL
    SELECT y.place, -y.amount, CASE WHEN y.on_credit_note = 0 AND y.due_on < d.day THEN -y.amount ELSE 0 END
    FROM receivables_payments AS y
    JOIN day_year_ago AS d ON y.counted_on <= d.day
),
cells AS (
    SELECT place, sum(amount) AS receivables, sum(overdue) AS overdue_amount FROM steps GROUP BY place
)
SELECT s.scope, s.of, sum(c.receivables) AS receivables, sum(c.overdue_amount) AS overdue_amount
FROM cells AS c
JOIN receivables_scopes AS s ON s.place = c.place
GROUP BY s.scope, s.of;

-- Days sales outstanding at the end of each of the last 25 months, by count-back (also called
-- exhaustion or working back): from the receivables the invoices
-- of the latest month are taken off, then those of the month before, and so on; each month that is
-- used up counts with its days, the last one with the part of them that is still open. Unlike
-- receivables ÷ sales × days, which rises when sales shrink and falls when they grow, it does not
-- take a season for late payment. It is reached from the other end: at the latest month before which
-- no more had been invoiced than is paid by now. 0 where nothing is open; no row before the first
-- invoice. Days.
CREATE VIEW receivables_dso AS
WITH balances AS (
    SELECT f.scope, f.of, c.month, min(c.last, as_of()) AS day, f.invoiced_to, f.paid_to
    FROM receivables_flows AS f
    JOIN calendar AS c ON c.month >= f.month AND c.month < f.next_month
    WHERE c.month >= add_months(as_of_month(), -24) AND c.month <= as_of_month()
),
reached AS (
    SELECT b.scope, b.of, b.month, b.day, b.paid_to,
           (SELECT f.month
            FROM receivables_flows AS f
            WHERE f.scope = b.scope AND f.of = b.of AND f.month <= b.month
              AND f.invoiced_to - f.invoiced <= b.paid_to
            ORDER BY f.month DESC
            LIMIT 1) AS last_month
    FROM balances AS b
    WHERE b.invoiced_to > b.paid_to
    ORDER BY b.scope, b.of, b.month
)
SELECT r.scope, r.of, r.month,
       days_between(min(month_last(f.month), as_of()), r.day)
       + ratio(f.invoiced_to - r.paid_to, f.invoiced)
         * (days_between(month_first(f.month), min(month_last(f.month), as_of())) + 1) AS dso
FROM reached AS r
JOIN receivables_flows AS f ON f.scope = r.scope AND f.of = r.of AND f.month = r.last_month
UNION ALL
SELECT scope, of, month, 0.0 FROM balances WHERE invoiced_to <= paid_to;

-- Money received by scope and month: payments less what went back; what is set off nets to zero.
-- Company and region by the customer's region, person as in receivables_payments, team by who was in
-- it then. From the first month of each scope on, 0 where nothing came. up_to_day: up to the as-of
-- date's day of the month. Money.
CREATE VIEW receivables_collected AS
WITH cells AS (
    SELECT month(date) AS month, person, region, sum(amount) AS collected,
           sum(CASE WHEN substr(date, 9) <= substr(as_of(), 9) THEN amount ELSE 0 END) AS up_to_day
    FROM receivables_payments
    GROUP BY month(date), person, region
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, month, collected, up_to_day FROM cells
    UNION ALL
    SELECT 'region', w.within, c.month, c.collected, c.up_to_day
    FROM cells AS c
    JOIN regions_within AS w ON w.region = c.region
    UNION ALL
    SELECT p.scope, p.of, c.month, c.collected, c.up_to_day
    FROM cells AS c
    JOIN person_scopes AS p ON p.person = c.person AND c.month >= p.from_month AND c.month < p.before_month
    WHERE p.scope IN ('team', 'person')
),
firsts AS (
    SELECT scope, of, min(month) AS month FROM scoped GROUP BY scope, of
)
SELECT scope, of, month, sum(collected) AS collected, sum(up_to_day) AS up_to_day
FROM (SELECT scope, of, month, collected, up_to_day FROM scoped
      UNION ALL
      SELECT f.scope, f.of, c.month, 0, 0
      FROM firsts AS f
      JOIN calendar AS c ON c.month >= f.month AND c.month <= as_of_month())
GROUP BY scope, of, month;

-- Collected by month beside its target (NULL where none is agreed) and the same month of the year
-- before, for the running one up to the same day. Money.
CREATE VIEW receivables_collection AS
SELECT c.scope, c.of, c.month, c.collected, t.amount AS collections_plan,
       CASE WHEN c.month = as_of_month() THEN b.up_to_day ELSE b.collected END AS before
FROM receivables_collected AS c
LEFT JOIN targets_by_scope AS t
       ON t.scope = c.scope AND t.of = c.of AND t.month = c.month AND t.kind = 'collections'
LEFT JOIN receivables_collected AS b
       ON b.scope = c.scope AND b.of = c.of AND b.month = add_months(c.month, -12)
WHERE c.month > add_months(as_of_month(), -25);

-- Days from due date to payment, weighted with the money, of payments of the last 12 months (this
-- month so far and the 11 before); early ones count below zero. NULL where nothing was paid. Days.
CREATE VIEW receivables_paid_late AS
WITH cells AS (
    SELECT place, sum(amount) AS amount, sum(amount * days_late) AS money_days
    FROM receivables_payments
    WHERE days_late IS NOT NULL AND months_between(month(date), as_of_month()) <= 11
    GROUP BY place
)
SELECT s.scope, s.of, ratio(sum(c.money_days), sum(c.amount)) AS paid_late
FROM cells AS c
JOIN receivables_scopes AS s ON s.place = c.place
GROUP BY s.scope, s.of;

-- ---- promises ----

-- Each promise: what was promised (as written, else all; at most what was open on that day), what
-- came from that day to its date, and its state. Several dates of one day are instalments: money
-- serves the earlier ones first. kept: all came in time; broken: its day is gone and it did not;
-- open: its day is still to come. latest: no later word was given for the invoice. Money.
CREATE VIEW receivables_promises AS
WITH paid AS (
    SELECT r._row AS nth, sum(CASE WHEN y.date < r.promised_on THEN y.amount ELSE 0 END) AS before,
           sum(CASE WHEN y.date >= r.promised_on AND y.date <= r.date THEN y.amount ELSE 0 END) AS since
    FROM promises AS r
    JOIN payments AS y ON y.invoice = r.invoice
    GROUP BY r._row
),
known AS (
    SELECT r._row AS nth, r.invoice, r.promised_on, r.date,
           max(i.amount - coalesce(p.before, 0), 0) AS open_then, coalesce(p.since, 0) AS since,
           CASE WHEN count(*) OVER instalments = count(r.amount) OVER instalments
                THEN sum(r.amount) OVER instalments END AS said,
           rank() OVER (PARTITION BY r.invoice ORDER BY r.promised_on DESC) AS from_last
    FROM promises AS r
    JOIN receivables_invoices AS i ON i.invoice = r.invoice
    LEFT JOIN paid AS p ON p.nth = r._row
    WINDOW instalments AS (PARTITION BY r.invoice, r.promised_on ORDER BY r.date)
),
summed AS (
    SELECT nth, invoice, promised_on, date, since, from_last,
           min(coalesce(said, open_then), open_then) AS up_to
    FROM known
),
parted AS (
    SELECT nth, invoice, promised_on, date, since, from_last, up_to,
           lag(up_to, 1, 0) OVER (PARTITION BY invoice, promised_on ORDER BY date) AS earlier
    FROM summed
)
SELECT q.nth, q.invoice, i.customer, i.person, i.place, i.owner, q.promised_on, q.date,
       q.up_to - q.earlier AS promised, max(min(q.since, q.up_to) - q.earlier, 0) AS received,
       CASE WHEN q.since >= q.up_to THEN 'kept' WHEN q.date < as_of() THEN 'broken' ELSE 'open' END AS state,
       i.open_amount, CASE q.from_last WHEN 1 THEN 1 ELSE 0 END AS latest
FROM parted AS q
JOIN receivables_invoices AS i ON i.invoice = q.invoice;

-- Promises by scope: kept and broken of those that were due in the last 12 months, and all open
-- ones with the next day: of an invoice the latest word, so that its money counts once. A promise of
-- what was paid before it counts nowhere. kept_rate = kept ÷ (kept + broken), NULL without any.
CREATE VIEW receivables_kept AS
WITH recent AS (
    SELECT place, state, date, promised - received AS missing
    FROM receivables_promises
    WHERE promised > 0 AND CASE state WHEN 'open' THEN latest = 1
                                      ELSE months_between(month(date), as_of_month()) <= 11 END
)
SELECT s.scope, s.of, count(CASE WHEN r.state = 'kept' THEN 1 END) AS kept,
       count(CASE WHEN r.state = 'broken' THEN 1 END) AS broken,
       count(CASE WHEN r.state = 'open' THEN 1 END) AS open_promises,
       sum(CASE WHEN r.state = 'open' THEN r.missing ELSE 0 END) AS open_promised,
       min(CASE WHEN r.state = 'open' THEN r.date END) AS next_date,
       ratio(count(CASE WHEN r.state = 'kept' THEN 1 END),
             count(CASE WHEN r.state IN ('kept', 'broken') THEN 1 END)) AS kept_rate,
       count(CASE WHEN r.state IN ('kept', 'broken') THEN 1 END) AS kept_rate_n
FROM recent AS r
JOIN receivables_scopes AS s ON s.place = r.place
GROUP BY s.scope, s.of;

-- ---- customers ----

-- Customers with an open invoice or a credit balance. person: who looks after them, else whose
-- invoices they are. limit_used = receivables ÷ credit limit, NULL without a limit; worst: rank by
-- what is overdue, equals share it. page, key: where to read of them. Money.
CREATE VIEW receivables_customers AS
WITH sums AS (
    SELECT customer, max(person) AS person, max(owner) AS owner, max(region) AS region,
           sum(open_amount) AS receivables,
           count(days_past_due) AS overdue_invoices, max(days_past_due) AS oldest_days,
           min(CASE WHEN bucket = 5 THEN due_on END) AS over_90_since,
           count(CASE WHEN bucket = 5 THEN 1 END) AS over_90_invoices,
           sum(CASE WHEN bucket = 1 THEN open_amount ELSE 0 END) AS not_due,
           sum(CASE WHEN bucket = 2 THEN open_amount ELSE 0 END) AS days_1_30,
           sum(CASE WHEN bucket = 3 THEN open_amount ELSE 0 END) AS days_31_60,
           sum(CASE WHEN bucket = 4 THEN open_amount ELSE 0 END) AS days_61_90,
           sum(CASE WHEN bucket = 5 THEN open_amount ELSE 0 END) AS over_90,
           sum(CASE WHEN bucket = 6 THEN open_amount ELSE 0 END) AS credit_balance,
           sum(CASE WHEN bucket BETWEEN 2 AND 5 THEN open_amount ELSE 0 END) AS overdue_amount
    FROM receivables_invoices
    WHERE bucket IS NOT NULL AND customer IS NOT NULL
    GROUP BY customer
),
paying AS (
    SELECT customer, max(date) AS last_paid,
           ratio(sum(CASE WHEN months_between(month(date), as_of_month()) <= 11 THEN amount * days_late END),
                 sum(CASE WHEN months_between(month(date), as_of_month()) <= 11 AND days_late IS NOT NULL
                          THEN amount END)) AS paid_late
    FROM receivables_payments
    WHERE amount > 0
    GROUP BY customer
)
SELECT s.customer, coalesce(c.name, s.customer) AS name,
       CASE WHEN o.present = 1 THEN c.owner ELSE s.person END AS person, coalesce(o.owner, s.owner) AS owner,
       s.region, s.receivables, s.overdue_invoices, s.overdue_amount, s.oldest_days,
       s.not_due, s.days_1_30, s.days_31_60, s.days_61_90, s.over_90, s.over_90_invoices, s.over_90_since,
       s.credit_balance, c.credit_limit, ratio(s.receivables, c.credit_limit) AS limit_used,
       CASE WHEN s.receivables > c.credit_limit THEN s.receivables - c.credit_limit END AS over_limit,
       y.last_paid, y.paid_late,
       CASE WHEN s.overdue_amount > 0 THEN rank() OVER (ORDER BY s.overdue_amount DESC) END AS worst,
       CASE WHEN c.tier = 'A' OR NOT EXISTS (SELECT 1 FROM customers WHERE tier IS NOT NULL)
            THEN 'customer' ELSE 'receivables' END AS page,
       CASE WHEN c.tier = 'A' OR NOT EXISTS (SELECT 1 FROM customers WHERE tier IS NOT NULL)
            THEN s.customer END AS key
FROM sums AS s
LEFT JOIN customers AS c ON c.customer = s.customer
LEFT JOIN acting_owners AS o ON o.person = c.owner
LEFT JOIN paying AS y ON y.customer = s.customer;

-- The state of each customer in one sentence.
CREATE VIEW receivables_customer_words AS
SELECT customer,
       concat(CASE WHEN overdue_invoices = 0
                   THEN t('Owes {1}, nothing of it overdue', short_money(receivables))
                   ELSE t(CASE oldest_days WHEN 1 THEN 'Owes {1}; {2} are overdue, the oldest for 1 day'
                                           ELSE 'Owes {1}; {2} are overdue, the oldest for {3} {3:day|days}' END,
                          short_money(receivables), short_money(overdue_amount), oldest_days) END,
              CASE WHEN limit_used IS NOT NULL
                   THEN t('; {1} of its credit limit is used', percent(limit_used)) END,
              CASE WHEN round(paid_late) = 1 THEN t('. Its money comes 1 day after the due date')
                   WHEN round(paid_late) > 1
                   THEN t('. Its money comes {1} {1:day|days} after the due date', format(paid_late, 'integer'))
                   WHEN paid_late IS NOT NULL AND overdue_invoices = 0 THEN t('. It pays in time') END,
              '.') AS text
FROM receivables_customers;

-- ---- what the whole reads ----

-- Key figures of each scope: overdue with the same day of the year before, DSO with the end of the same
-- month; collected this
-- year with its plan to date and the same period of the year before.
CREATE VIEW receivables_scope_figures AS
WITH overdue_trend AS (
    SELECT scope, of, series(month, overdue_amount) AS series
    FROM receivables_by_month
    WHERE month > add_months(as_of_month(), -13)
    GROUP BY scope, of
),
dso_trend AS (
    SELECT scope, of, series(month, dso) AS series
    FROM receivables_dso
    WHERE month > add_months(as_of_month(), -13)
    GROUP BY scope, of
),
collected_trend AS (
    SELECT scope, of, series(month, collected) AS series,
           sum(CASE WHEN fiscal_year(month) = fiscal_year(as_of_month()) THEN collected END) AS collected
    FROM receivables_collected
    WHERE month > add_months(as_of_month(), -13)
    GROUP BY scope, of
)
SELECT n.scope, n.of, 10 AS rank, 'overdue_amount' AS name, n.overdue_amount AS value, NULL AS target,
       b.overdue_amount AS before, r.series
FROM receivables_now AS n
LEFT JOIN receivables_year_ago AS b ON b.scope = n.scope AND b.of = n.of
LEFT JOIN overdue_trend AS r ON r.scope = n.scope AND r.of = n.of
UNION ALL
SELECT c.scope, c.of, 11, 'collected_year', c.collected, p.due, p.before_actual, c.series
FROM collected_trend AS c
LEFT JOIN targets_periods AS p
       ON p.scope = c.scope AND p.of = c.of AND p.kind = 'collections' AND p.grain = 'year'
WHERE c.collected <> 0 OR p.due > 0
UNION ALL
SELECT d.scope, d.of, 11, 'dso', d.dso, NULL, b.dso, r.series
FROM receivables_dso AS d
LEFT JOIN receivables_dso AS b
       ON b.scope = d.scope AND b.of = d.of AND b.month = add_months(as_of_month(), -12)
LEFT JOIN dso_trend AS r ON r.scope = d.scope AND r.of = d.of
WHERE d.month = as_of_month();

-- What was collected in the fiscal quarter and year so far, of company and regions. due: the plan to date, of a period
-- that is over the whole target; before: the same period of the year before, NULL where the scope's first month was
-- later than that period began. Money.
CREATE VIEW receivables_periods AS
WITH firsts AS (
    SELECT scope, of, min(month) AS month FROM receivables_collected GROUP BY scope, of
),
sums AS (
    SELECT c.scope, c.of, p.grain, p.over, p.first, sum(CASE WHEN c.month >= p.first THEN c.collected ELSE 0 END) AS collected,
           sum(CASE WHEN c.month = add_months(as_of_month(), -12) THEN c.up_to_day
                    WHEN c.month < add_months(as_of_month(), -12) THEN c.collected ELSE 0 END) AS before
    FROM report_periods AS p
    JOIN receivables_collected AS c
      ON c.month BETWEEN p.first AND as_of_month()
         OR c.month BETWEEN add_months(p.first, -12) AND add_months(as_of_month(), -12)
    WHERE c.scope IN ('company', 'region')
    GROUP BY c.scope, c.of, p.grain, p.over, p.first
)
SELECT s.scope, s.of, s.grain, s.over, s.collected, CASE s.over WHEN 1 THEN t.target ELSE t.due END AS due,
       CASE WHEN f.month <= add_months(s.first, -12) THEN s.before END AS before
FROM sums AS s
JOIN firsts AS f ON f.scope = s.scope AND f.of = s.of
LEFT JOIN targets_periods AS t
       ON t.scope = s.scope AND t.of = s.of AND t.kind = 'collections' AND t.grain = s.grain;

-- Of the fiscal quarter and year: what is overdue and DSO, as of the last day, and between them what was collected.
CREATE VIEW receivables_period_figures AS
SELECT f.scope, f.of, p.grain, CASE f.name WHEN 'dso' THEN 12 ELSE 10 END AS rank, f.name, f.value, f.target, f.before,
       f.series
FROM report_periods AS p
JOIN receivables_scope_figures AS f ON f.name IN ('overdue_amount', 'dso') AND f.scope IN ('company', 'region')
UNION ALL
SELECT c.scope, c.of, c.grain, 11, 'collected', c.collected, c.due, c.before, f.series
FROM receivables_periods AS c
LEFT JOIN receivables_scope_figures AS f ON f.scope = c.scope AND f.of = c.of AND f.name = 'collected_year'
WHERE c.collected <> 0 OR c.due > 0;

-- The start page's figures: those of the company.
CREATE VIEW receivables_figures AS
SELECT rank, name, value, target, before, series, 'receivables' AS page, NULL AS key
FROM receivables_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences, by scope: what is overdue and at whom most of it;
-- what came in against plan; how long customers take; promises.
CREATE VIEW receivables_findings AS
WITH by_customer AS (
    SELECT s.scope, s.of, i.customer, sum(i.open_amount) AS amount
    FROM receivables_invoices AS i
    JOIN receivables_scopes AS s ON s.place = i.place
    WHERE i.days_past_due > 0
    GROUP BY s.scope, s.of, i.customer
),
leaders AS (
    SELECT scope, of, customer, amount, count(*) OVER (PARTITION BY scope, of) AS customers,
           row_number() OVER (PARTITION BY scope, of ORDER BY amount DESC, customer) AS nth
    FROM by_customer
),
months AS (
    SELECT c.scope, c.of, c.collected, m.due, m.to_plan, m.working_days_left, y.to_plan AS year_to_plan,
           y.gap_to_date AS year_gap, y.actual AS year_actual
    FROM receivables_collected AS c
    LEFT JOIN targets_periods AS m
           ON m.scope = c.scope AND m.of = c.of AND m.kind = 'collections' AND m.grain = 'month' AND m.due > 0
    LEFT JOIN targets_periods AS y
           ON y.scope = c.scope AND y.of = c.of AND y.kind = 'collections' AND y.grain = 'year' AND y.due > 0
    WHERE c.month = as_of_month()
)
SELECT n.scope, n.of, 141 AS rank,
       CASE WHEN n.overdue_invoices = 0
            THEN t('Nothing of the {1} that customers owe is overdue.', short_money(n.owed))
            ELSE concat(
                t(CASE n.overdue_invoices
                       WHEN 1 THEN '1 invoice of {4} is overdue, {2}, {3} of what customers owe'
                       ELSE '{1} invoices of {4} are overdue, {2}, {3} of what customers owe' END,
                  n.overdue_invoices, short_money(n.overdue_amount), percent(n.overdue_share),
                  CASE l.customers WHEN 1 THEN coalesce(c.name, l.customer, t('1 customer'))
                                   ELSE t('{1} customers', l.customers) END),
                CASE WHEN n.over_90 > 0 THEN t('; {1} for more than 90 days', short_money(n.over_90)) END,
                CASE WHEN l.customers > 1 AND l.customer IS NOT NULL
                     THEN t('. Most of it at {1}: {2}.', coalesce(c.name, l.customer), short_money(l.amount))
                     ELSE '.' END) END AS text
FROM receivables_now AS n
LEFT JOIN leaders AS l ON l.scope = n.scope AND l.of = n.of AND l.nth = 1
LEFT JOIN customers AS c ON c.customer = l.customer
WHERE n.owed > 0
UNION ALL
SELECT scope, of, 142,
       concat(t('{1} were collected in {2}', short_money(collected), month_text(as_of_month())),
              CASE WHEN to_plan IS NOT NULL
                   THEN t(CASE working_days_left WHEN 0 THEN ', {1} of the target'
                                                 ELSE ', {1} of plan to date' END, percent(to_plan)) END,
              CASE WHEN year_to_plan IS NULL THEN '.'
                   WHEN abs(year_to_plan - 1) < 0.005
                   THEN t('; the year stands on plan, at {1}.', short_money(year_actual))
                   ELSE t(CASE WHEN year_gap < 0 THEN '; the year stands at {1}, {2} below plan to date ({3}).'
                               ELSE '; the year stands at {1}, {2} above plan to date ({3}).' END,
                          short_money(year_actual), format(abs(year_to_plan - 1), 'percent1'),
                          format(year_gap, '+short_money')) END)
FROM months
WHERE collected <> 0 OR due > 0 OR year_to_plan IS NOT NULL
UNION ALL
SELECT d.scope, d.of, 143,
       concat(t(CASE round(d.dso) WHEN 1 THEN 'Customers take 1 day to pay (DSO)'
                                  ELSE 'Customers take {1} {1:day|days} to pay (DSO)' END, format(d.dso, 'integer')),
              CASE WHEN round(d.dso) > round(b.dso)
                   THEN t(', {1} more than a year before', format(round(d.dso) - round(b.dso), 'integer'))
                   WHEN round(d.dso) < round(b.dso)
                   THEN t(', {1} fewer than a year before', format(round(b.dso) - round(d.dso), 'integer'))
                   WHEN b.dso IS NOT NULL THEN t(', as many as a year before') END, '.')
FROM receivables_dso AS d
LEFT JOIN receivables_dso AS b
       ON b.scope = d.scope AND b.of = d.of AND b.month = add_months(as_of_month(), -12)
WHERE d.month = as_of_month() AND d.dso > 0
UNION ALL
SELECT scope, of, 144,
       concat(CASE WHEN kept_rate_n = 1
                   THEN t(CASE kept WHEN 1 THEN 'The one promise to pay that was due in the last 12 months was kept in time'
                                    ELSE 'The one promise to pay that was due in the last 12 months was broken' END)
                   WHEN kept_rate_n > 1
                   THEN t(CASE kept WHEN 1 THEN 'Of {1} {1:promise|promises} to pay that {1:was|were} due in the last 12 months, 1 was kept in time'
                                    ELSE 'Of {1} {1:promise|promises} to pay that {1:was|were} due in the last 12 months, {2} were kept in time' END,
                          kept_rate_n, kept) END,
              CASE WHEN open_promises > 0 AND kept_rate_n > 0 THEN '; ' END,
              CASE WHEN open_promises = 1
                   THEN t(CASE kept_rate_n WHEN 0 THEN '1 promise to pay is open, over {1}, for {2}'
                                           ELSE '1 is open, over {1}, for {2}' END,
                          short_money(open_promised), date_text(next_date))
                   WHEN open_promises > 1
                   THEN t(CASE kept_rate_n WHEN 0 THEN '{1} {1:promise to pay is|promises to pay are} open, over {2}, the next for {3}'
                                           ELSE '{1} are open, over {2}, the next for {3}' END,
                          open_promises, short_money(open_promised), date_text(next_date)) END, '.')
FROM receivables_kept
WHERE kept_rate_n + open_promises > 0;

-- What was collected in the fiscal quarter and year so far, of company and regions.
CREATE VIEW receivables_period_findings AS
SELECT c.scope, c.of, c.grain, 6 AS rank,
       concat(t('{1} were collected in {2}', short_money(c.collected), p.span),
              CASE WHEN c.due > 0
                   THEN t(CASE c.over WHEN 1 THEN ', {1} of the target' ELSE ', {1} of plan to date' END,
                          percent(ratio(c.collected, c.due))) END, '.') AS text
FROM receivables_periods AS c
JOIN report_periods AS p ON p.grain = c.grain
WHERE c.collected <> 0 OR c.due > 0;

-- Customers who owe more than their credit limit of today, and since when: the first day after the last
-- one on whose evening they did not. Days on which something is invoiced or paid are enough to look at.
CREATE VIEW receivables_over_limit AS
WITH moves AS (
    SELECT customer, date, amount FROM receivables_invoices
    UNION ALL
    SELECT customer, counted_on, -amount FROM receivables_payments
),
evenings AS (
    SELECT c.customer, c.credit_limit, m.date, sum(sum(m.amount)) OVER (PARTITION BY c.customer ORDER BY m.date) AS owed
    FROM receivables_customers AS c
    JOIN moves AS m ON m.customer = c.customer
    WHERE c.over_limit > 0
    GROUP BY c.customer, c.credit_limit, m.date
),
within AS (
    SELECT customer, max(date) AS date FROM evenings WHERE owed <= credit_limit GROUP BY customer
)
SELECT e.customer, min(e.date) AS since
FROM evenings AS e
LEFT JOIN within AS w ON w.customer = e.customer
WHERE e.date > coalesce(w.date, '')
GROUP BY e.customer;

-- What to act on. Customers with money more than 90 days past due, broken promises, customers over
-- their limit: the ten largest of each, the rest in one line. For each person what is 31 to 90 days
-- past due. Company, regions and people whose collections are behind their plan to date. Credit
-- balances a month old. cost: the money that is overdue, promised, over the limit, lacking.
CREATE VIEW receivables_exceptions AS
WITH owed AS (
    SELECT sum(owed) AS amount FROM receivables_now WHERE scope = 'company'
),
old AS (
    SELECT c.customer, c.name, c.owner, c.over_90, c.over_90_invoices, c.over_90_since, c.page, c.key,
           row_number() OVER (ORDER BY c.over_90 DESC, c.customer) AS nth
    FROM receivables_customers AS c
    WHERE c.over_90 > 0
),
words AS (
    SELECT invoice, customer, owner, max(date) AS date, sum(promised) AS promised, sum(received) AS received,
           min(sum(promised - received), open_amount) AS missing
    FROM receivables_promises
    WHERE state = 'broken' AND latest = 1 AND open_amount > 0
    GROUP BY invoice, customer, owner, open_amount
),
broken AS (
    SELECT w.invoice, w.date, w.owner, w.promised, w.received, w.missing, c.name, c.page, c.key,
           row_number() OVER (ORDER BY w.missing DESC, w.invoice) AS nth
    FROM words AS w
    LEFT JOIN receivables_customers AS c ON c.customer = w.customer
),
limits AS (
    SELECT c.customer, c.name, c.owner, c.receivables, c.credit_limit, c.limit_used, c.over_limit, c.page, c.key, s.since,
           row_number() OVER (ORDER BY c.over_limit DESC, c.customer) AS nth
    FROM receivables_customers AS c
    LEFT JOIN receivables_over_limit AS s ON s.customer = c.customer
    WHERE c.over_limit > 0
),
late AS (
    SELECT i.owner, count(*) AS invoices, count(DISTINCT i.customer) AS customers,
           sum(i.open_amount) AS amount, max(CASE i.bucket WHEN 4 THEN 1 ELSE 0 END) AS over_60,
           min(i.due_on) AS since
    FROM receivables_invoices AS i
    WHERE i.bucket IN (3, 4)
    GROUP BY i.owner
)
SELECT concat('receivables:over90:', o.customer) AS id,
       CASE WHEN o.over_90 * 100 >= w.amount THEN 1 ELSE 2 END AS severity, o.over_90 AS cost, o.owner,
       t(CASE o.over_90_invoices WHEN 1 THEN '{1}: 1 invoice more than 90 days past due, since {3}'
                                 ELSE '{1}: {2} invoices more than 90 days past due, the oldest since {3}' END,
         o.name, o.over_90_invoices, date_text(o.over_90_since)) AS text,
       o.page, o.key, add_days(o.over_90_since, 91) AS since
FROM old AS o
JOIN owed AS w
WHERE o.nth <= 10
UNION ALL
SELECT 'receivables:over90:others', 2, sum(o.over_90), k.owner,
       t(CASE count(*) WHEN 1 THEN '1 more customer has invoices more than 90 days past due'
                       ELSE '{1} more customers have invoices more than 90 days past due' END, count(*)),
       'receivables', NULL, add_days(min(o.over_90_since), 91)
FROM old AS o
LEFT JOIN company_owner AS k
WHERE o.nth > 10
GROUP BY k.owner
UNION ALL
SELECT concat('receivables:promise:', b.invoice, ':', b.date), 1, b.missing, b.owner,
       t(CASE WHEN b.received > 0 THEN '{1}: promised {2} of invoice {3} for {4}, {5} came'
              ELSE '{1}: promised {2} of invoice {3} for {4}, nothing came' END,
         coalesce(b.name, t('Invoice {1}', b.invoice)), short_money(b.promised), b.invoice, date_text(b.date),
         short_money(b.received)),
       coalesce(b.page, 'receivables'), b.key, add_days(b.date, 1)
FROM broken AS b
WHERE b.nth <= 10
UNION ALL
SELECT 'receivables:promise:others', 1, sum(b.missing), k.owner,
       t(CASE count(*) WHEN 1 THEN '1 more promise to pay was broken'
                       ELSE '{1} more promises to pay were broken' END, count(*)),
       'receivables', NULL, add_days(min(b.date), 1)
FROM broken AS b
LEFT JOIN company_owner AS k
WHERE b.nth > 10
GROUP BY k.owner
UNION ALL
SELECT concat('receivables:limit:', customer), 2, over_limit, owner,
       CASE WHEN credit_limit = 0 THEN t('{1} has no credit and owes {2}', name, short_money(receivables))
            ELSE t('{1} owes {2}, {3} of its credit limit', name, short_money(receivables),
                   percent(limit_used)) END,
       page, key, since
FROM limits
WHERE nth <= 10
UNION ALL
SELECT 'receivables:limit:others', 2, sum(l.over_limit), k.owner,
       t(CASE count(*) WHEN 1 THEN '1 more customer owes more than its credit limit'
                       ELSE '{1} more customers owe more than their credit limits' END, count(*)),
       'receivables', NULL, max(l.since)
FROM limits AS l
LEFT JOIN company_owner AS k
WHERE l.nth > 10
GROUP BY k.owner
UNION ALL
SELECT concat('receivables:late:', owner), CASE over_60 WHEN 1 THEN 2 ELSE 3 END, amount, owner,
       t(CASE WHEN invoices = 1 THEN '1 invoice is 31 to 90 days past due'
              WHEN customers = 1 THEN '{1} {1:invoice of 1 customer is|invoices of 1 customer are} 31 to 90 days past due'
              ELSE '{1} invoices of {2} customers are 31 to 90 days past due' END, invoices, customers),
       CASE WHEN owner IS NULL THEN 'receivables' ELSE 'person' END, owner, add_days(since, 31)
FROM late
UNION ALL
SELECT concat('receivables:collections:', p.scope, ':', p.of),
       CASE WHEN p.scope = 'person' OR p.to_plan >= 0.9 THEN 3 ELSE 2 END, -p.gap_to_date, u.owner,
       t('{1}: collections of the year {2} behind plan to date', u.name, percent(1 - p.to_plan)),
       u.page, u.key, b.since
FROM targets_periods AS p
JOIN targets_units AS u ON u.scope = p.scope AND u.of = p.of
LEFT JOIN targets_behind AS b ON b.scope = p.scope AND b.of = p.of AND b.kind = p.kind
LEFT JOIN people AS h ON p.scope = 'person' AND h.person = p.of
WHERE p.kind = 'collections' AND p.grain = 'year' AND p.scope <> 'team'
  AND p.to_plan < CASE p.scope WHEN 'person' THEN 0.85 ELSE 0.95 END
  AND (h.left IS NULL OR h.left > as_of())
  AND EXISTS (SELECT 1 FROM receivables_collected)
UNION ALL
SELECT concat('receivables:credit:', i.invoice), 3, -i.open_amount, i.owner,
       t(CASE WHEN i.amount < 0 THEN '{1}: credit note {2} is neither set off nor paid out'
              ELSE '{1}: invoice {2} was overpaid' END, coalesce(c.name, t('No customer')), i.invoice),
       coalesce(c.page, 'receivables'), c.key, add_days(i.date, 31)
FROM receivables_invoices AS i
LEFT JOIN receivables_customers AS c ON c.customer = i.customer
WHERE i.bucket = 6 AND days_between(i.date, as_of()) > 30;

-- By person and month: overdue, its share of what is owed and DSO at the end of the month, of the
-- invoices that are theirs today; the collection rate of the month (NULL without a target) and days
-- from due date to payment, of money that came in it. Where the targets system is, it gives the
-- collections.
CREATE VIEW receivables_measures AS
SELECT of AS person, month, 'overdue_amount' AS measure, overdue_amount AS value
FROM receivables_by_month
WHERE scope = 'person'
UNION ALL
SELECT of, month, 'overdue_share', overdue_share FROM receivables_by_month WHERE scope = 'person'
UNION ALL
SELECT of, month, 'dso', dso FROM receivables_dso WHERE scope = 'person'
UNION ALL
SELECT person, month(date), 'paid_late', ratio(sum(amount * days_late), sum(amount))
FROM receivables_payments
WHERE days_late IS NOT NULL AND person IS NOT NULL
GROUP BY person, month(date)
UNION ALL
SELECT of, month, 'collection_rate', ratio(actual, target)
FROM targets_by_month
WHERE scope = 'person' AND kind = 'collections' AND actual IS NOT NULL AND target > 0
UNION ALL
SELECT of, month, 'collections', collected
FROM receivables_collected
WHERE scope = 'person' AND NOT EXISTS (SELECT 1 FROM data_systems WHERE system = 'targets' AND present);

-- Days for which money is promised by the latest word, from the as-of date on.
CREATE VIEW receivables_events AS
SELECT concat('receivables-promise-', r.invoice, '-', r.promised_on, '-', r.date) AS uid, r.date AS starts,
       r.date AS ends, r.owner,
       t('Promised: {1} of invoice {2}, {3}', short_money(r.promised), r.invoice,
         coalesce(c.name, t('no customer'))) AS title,
       coalesce(c.page, 'receivables') AS page, c.key
FROM receivables_promises AS r
LEFT JOIN receivables_customers AS c ON c.customer = r.customer
WHERE r.state = 'open' AND r.latest = 1 AND r.date >= as_of();

-- Paid more than invoiced; set off more than was credited; days in the wrong order. A payment
-- without its invoice is set aside by its key.
CREATE VIEW receivables_checks AS
WITH last_rows AS (
    SELECT invoice, max(_row) AS row FROM payments GROUP BY invoice
)
SELECT 'error' AS severity, 'payments' AS tbl, r.row,
       CASE WHEN i.amount >= 0 AND i.paid > i.amount
            THEN t('invoice {1} over {2} was paid with {3}: {4} too much', i.invoice, money(i.amount),
                   money(i.paid), money(i.paid - i.amount))
            WHEN i.amount >= 0
            THEN t('of invoice {1} more went back than had come: {2}', i.invoice, money(-i.paid))
            WHEN i.paid > 0
            THEN t('credit note {1} was paid with {2}: what is set off or paid out of it stands below zero',
                   i.invoice, money(i.paid))
            ELSE t('of credit note {1} over {2}, {3} was set off or paid out: {4} too much', i.invoice,
                   money(-i.amount), money(-i.paid), money(i.amount - i.paid)) END AS text,
       t('correct the payment; what a customer may keep is a credit note: an invoice below zero') AS remedy
FROM receivables_invoices AS i
JOIN last_rows AS r ON r.invoice = i.invoice
WHERE i.paid > max(i.amount, 0) OR i.paid < min(i.amount, 0)
UNION ALL
SELECT 'warning', 'payments', y._row,
       t('invoice {1} of {2} was paid on {3}, before it was written', i.invoice, date_text(i.date),
         date_text(y.date)),
       t('correct one of the two days')
FROM payments AS y
JOIN receivables_invoices AS i ON i.invoice = y.invoice
WHERE y.date < i.date
UNION ALL
SELECT 'warning', 'invoices', invoice_row,
       t('invoice {1} is due on {2}, before it was written', invoice, date_text(due_on)),
       t('correct one of the two days')
FROM receivables_invoices
WHERE due_on < date
UNION ALL
SELECT 'warning', 'promises', _row,
       t('invoice {1} was promised on {2} for {3}, a day already gone', invoice, date_text(promised_on),
         date_text(date)),
       t('correct one of the two days')
FROM promises
WHERE date < promised_on;
