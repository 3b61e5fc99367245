-- Funnel: deals and their way through the stages, as known at the as-of date.

-- Stages in their order: stages.csv; what it leaves out as the four usual stages have it, a name that
-- only repeats the key among it. Without the file, and with no other stages in use, those four. Those of
-- one name are told apart by their keys.
CREATE VIEW funnel_stages AS
WITH usual(stage, seq, name, probability) AS (
    VALUES ('contact', 1, 'Contact', 0.1), ('acceptance', 2, 'Acceptance', 0.3),
           ('negotiation', 3, 'Negotiation', 0.6), ('breakthrough', 4, 'Breakthrough', 0.8)
),
known AS (
    SELECT s.stage, coalesce(s.seq, u.seq, 100 + s._row) AS seq, coalesce(nullif(s.name, s.stage), u.name, s.stage) AS name,
           coalesce(s.probability, u.probability, 0.5) AS probability
    FROM stages AS s
    LEFT JOIN usual AS u ON u.stage = s.stage
    UNION ALL
    SELECT u.stage, u.seq, u.name, u.probability
    FROM usual AS u
    WHERE NOT EXISTS (SELECT 1 FROM stages AS s WHERE s.seq IS NOT NULL OR s.stage = u.stage
                                                   OR s.stage NOT IN (SELECT o.stage FROM usual AS o))
)
SELECT stage, seq,
       CASE WHEN count(*) OVER (PARTITION BY name) = 1 THEN name ELSE concat(name, ' (', stage, ')') END AS name,
       probability
FROM known;

-- Each stay of a deal in a stage: from `entered` up to before `ended`, NULL while it lasts. The
-- first begins when the deal was opened. A deal without history stands since then in the stage that
-- deals.csv has for it (else the first); recorded is 0 for it. how: moved, won, lost, open.
CREATE VIEW funnel_stays AS
WITH entries AS (
    SELECT h.deal, h.stage, min(h.entered, d.opened) AS entered, h.entered AS noted, s.seq, 1 AS recorded
    FROM deal_stages AS h
    JOIN deals AS d ON d.deal = h.deal
    JOIN funnel_stages AS s ON s.stage = h.stage
    UNION ALL
    SELECT d.deal, s.stage, d.opened, d.opened, s.seq, 0
    FROM deals AS d
    JOIN funnel_stages AS s
      ON s.stage = coalesce(d.stage, (SELECT stage FROM funnel_stages ORDER BY seq, stage LIMIT 1))
    WHERE NOT EXISTS (SELECT 1 FROM deal_stages AS h WHERE h.deal = d.deal)
),
numbered AS (
    SELECT deal, stage, entered, noted, seq, recorded,
           row_number() OVER (PARTITION BY deal ORDER BY noted, seq) AS nth,
           lead(noted) OVER (PARTITION BY deal ORDER BY noted, seq) AS next_entered
    FROM entries
)
SELECT n.deal, n.stage, n.seq, n.nth, n.recorded,
       CASE n.nth WHEN 1 THEN min(n.entered, d.opened) ELSE n.noted END AS entered,
       CASE WHEN n.next_entered IS NOT NULL THEN n.next_entered
            WHEN d.state <> 'open' THEN max(coalesce(d.closed, n.noted), n.noted) END AS ended,
       CASE WHEN n.next_entered IS NOT NULL THEN 'moved' ELSE d.state END AS how
FROM numbered AS n
JOIN deals AS d ON d.deal = n.deal;

-- The expected close as last noted, how often and how far it was pushed to a later day, and when last.
CREATE VIEW funnel_pushes AS
WITH notes AS (
    SELECT deal, noted, expected_close,
           lag(expected_close) OVER (PARTITION BY deal ORDER BY noted) AS was,
           first_value(expected_close) OVER (PARTITION BY deal ORDER BY noted) AS first_close,
           row_number() OVER (PARTITION BY deal ORDER BY noted DESC) AS from_last
    FROM deal_dates
)
SELECT deal, max(first_close) AS first_close, max(CASE WHEN expected_close > was THEN noted END) AS pushed_on,
       max(CASE WHEN from_last = 1 THEN expected_close END) AS expected_close,
       sum(CASE WHEN expected_close > was THEN 1 ELSE 0 END) AS pushes,
       sum(CASE WHEN expected_close > was THEN days_between(was, expected_close) ELSE 0 END) AS pushed_days
FROM notes
GROUP BY deal;

-- A deal as it stands at the as-of date. weighted = amount × probability of its stage, 0 once
-- decided.
CREATE VIEW funnel_deals AS
SELECT d.deal, coalesce(d.name, d.deal) AS name, d.customer, d.person, coalesce(c.region, p.region) AS region,
       d.product_line, coalesce(d.amount, 0) AS amount, d.opened, d.state, d.closed, d.reason,
       coalesce(x.expected_close, d.expected_close) AS expected_close,
       coalesce(x.first_close, d.expected_close) AS first_close,
       coalesce(x.pushes, 0) AS pushes, coalesce(x.pushed_days, 0) AS pushed_days, x.pushed_on,
       y.stage, s.seq, s.name AS stage_name, s.probability, y.entered, y.recorded,
       CASE WHEN d.state = 'open' THEN CAST(round(coalesce(d.amount, 0) * s.probability) AS INTEGER)
            ELSE 0 END AS weighted,
       days_between(y.entered, coalesce(y.ended, as_of())) AS days_in_stage,
       days_between(d.opened, coalesce(y.ended, as_of())) AS age
FROM deals AS d
JOIN funnel_stays AS y ON y.deal = d.deal AND y.how <> 'moved'
JOIN funnel_stages AS s ON s.stage = y.stage
LEFT JOIN customers AS c ON c.customer = d.customer
LEFT JOIN people AS p ON p.person = d.person
LEFT JOIN funnel_pushes AS x ON x.deal = d.deal;

-- Which deals count for a scope, and with how much: company and region with the whole amount, by
-- the customer's region, else the person's; a person with the own share of it (credits.csv, the rows
-- that start last by the day it was decided, else by the as-of date; by largest remainder), a team
-- with its people's.
CREATE VIEW funnel_members AS
WITH shares AS (
    SELECT deal, person, share, starts,
           min(starts) OVER (PARTITION BY deal ORDER BY coalesce(starts, '')
                             GROUPS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS before_day
    FROM credits
    WHERE deal IS NOT NULL
),
held AS (
    SELECT c.deal, c.person, c.share, d.amount
    FROM shares AS c
    JOIN funnel_deals AS d ON d.deal = c.deal
    WHERE (c.starts IS NULL OR c.starts <= coalesce(d.closed, as_of()))
      AND (c.before_day IS NULL OR c.before_day > coalesce(d.closed, as_of()))
),
parts AS (
    SELECT deal, share_out(amount, share, person) AS amounts FROM held GROUP BY deal
),
persons AS (
    SELECT c.deal, c.person, p.amounts ->> c.person AS amount
    FROM (SELECT DISTINCT deal, person FROM held) AS c
    JOIN parts AS p ON p.deal = c.deal
    UNION ALL
    SELECT d.deal, d.person, d.amount
    FROM funnel_deals AS d
    LEFT JOIN parts AS p ON p.deal = d.deal
    WHERE p.deal IS NULL AND d.person IS NOT NULL
)
SELECT 'company' AS scope, 'company' AS of, deal, amount FROM funnel_deals
UNION ALL
SELECT 'region', w.within, d.deal, d.amount
FROM funnel_deals AS d
JOIN regions_within AS w ON w.region = d.region
UNION ALL
SELECT 'person', person, deal, amount FROM persons
UNION ALL
SELECT 'team', s.team, p.deal, sum(p.amount)
FROM persons AS p
JOIN person_spells AS s ON s.person = p.person AND s.from_month <= as_of_month()
     AND as_of_month() < s.before_month
WHERE s.team IS NOT NULL
GROUP BY s.team, p.deal;

-- How deals of a stage ended so far: of all that ever entered it and are decided, the share won.
-- NULL while none is decided. Counts of deals.
CREATE VIEW funnel_odds AS
SELECT s.stage, s.seq, s.name, s.probability,
       count(DISTINCT CASE WHEN d.state <> 'open' THEN d.deal END) AS decided,
       count(DISTINCT CASE WHEN d.state = 'won' THEN d.deal END) AS won,
       ratio(count(DISTINCT CASE WHEN d.state = 'won' THEN d.deal END),
             count(DISTINCT CASE WHEN d.state <> 'open' THEN d.deal END)) AS odds
FROM funnel_stages AS s
LEFT JOIN funnel_stays AS y ON y.stage = s.stage
LEFT JOIN deals AS d ON d.deal = y.deal
GROUP BY s.stage, s.seq, s.name, s.probability;

-- Open deals by stage: count, value, weighted by the probability of stages.csv and by the record so
-- far.
CREATE VIEW funnel_by_stage AS
WITH open_deals AS (
    SELECT m.scope, m.of, d.stage, m.deal, m.amount
    FROM funnel_members AS m
    JOIN funnel_deals AS d ON d.deal = m.deal
    WHERE d.state = 'open'
),
scopes AS (
    SELECT DISTINCT scope, of FROM funnel_members
)
SELECT c.scope, c.of, o.stage, o.seq, o.name, o.probability, o.odds, o.decided, count(d.deal) AS deals,
       coalesce(sum(d.amount), 0) AS amount,
       coalesce(sum(CAST(round(d.amount * o.probability) AS INTEGER)), 0) AS weighted,
       CASE WHEN o.odds IS NOT NULL
            THEN coalesce(sum(CAST(round(d.amount * o.odds) AS INTEGER)), 0) END AS weighted_by_odds
FROM scopes AS c
JOIN funnel_odds AS o
LEFT JOIN open_deals AS d ON d.scope = c.scope AND d.of = c.of AND d.stage = o.stage
GROUP BY c.scope, c.of, o.stage, o.seq, o.name, o.probability, o.odds, o.decided;

-- Deals by the month in which they first entered a stage, and what became of them since: entered a
-- higher stage or were won, were lost, or are still open.
CREATE VIEW funnel_cohorts AS
WITH firsts AS (
    SELECT deal, stage, seq, min(entered) AS entered FROM funnel_stays GROUP BY deal, stage, seq
),
fates AS (
    SELECT f.deal, f.stage, f.seq, month(f.entered) AS cohort,
           CASE WHEN d.state = 'won' OR count(y.deal) > 0 THEN 'on' ELSE d.state END AS fate
    FROM firsts AS f
    JOIN deals AS d ON d.deal = f.deal
    LEFT JOIN funnel_stays AS y ON y.deal = f.deal AND y.seq > f.seq AND y.entered >= f.entered
    GROUP BY f.deal, f.stage, f.seq, f.entered, d.state
)
SELECT m.scope, m.of, f.cohort, f.stage, f.seq, count(*) AS entered,
       sum(CASE WHEN f.fate = 'on' THEN 1 ELSE 0 END) AS went_on,
       sum(CASE WHEN f.fate = 'lost' THEN 1 ELSE 0 END) AS dropped,
       sum(CASE WHEN f.fate = 'open' THEN 1 ELSE 0 END) AS still_open
FROM fates AS f
JOIN funnel_members AS m ON m.deal = f.deal
GROUP BY m.scope, m.of, f.cohort, f.stage, f.seq;

-- Conversion of each stage over all cohorts: went on ÷ (went on + lost). NULL while none is
-- decided.
CREATE VIEW funnel_conversion AS
SELECT c.scope, c.of, c.stage, c.seq, s.name, sum(c.entered) AS entered, sum(c.went_on) AS went_on,
       sum(c.dropped) AS dropped, sum(c.still_open) AS still_open,
       ratio(sum(c.went_on), sum(c.went_on) + sum(c.dropped)) AS conversion
FROM funnel_cohorts AS c
JOIN funnel_stages AS s ON s.stage = c.stage
GROUP BY c.scope, c.of, c.stage, c.seq, s.name;

-- Days of the finished stays in each stage: median and quartiles (type 7 of Hyndman & Fan). NULL
-- without a finished stay.
CREATE VIEW funnel_stage_days AS
WITH finished AS (
    SELECT deal, stage, days_between(entered, ended) AS days FROM funnel_stays WHERE ended IS NOT NULL
)
SELECT s.stage, s.seq, s.name, count(f.days) AS stays, quantile(f.days, 0.25) AS q1_days,
       median(f.days) AS median_days, quantile(f.days, 0.75) AS q3_days
FROM funnel_stages AS s
LEFT JOIN finished AS f ON f.stage = s.stage
GROUP BY s.stage, s.seq, s.name;

-- Gates of the stage that an open deal claims, and of those before it, that it has not passed.
CREATE VIEW funnel_gates_missing AS
SELECT d.deal, d.person, d.stage, g.gate, g.stage AS gate_stage, coalesce(g.name, g.gate) AS name, s.seq
FROM funnel_deals AS d
JOIN funnel_stages AS s ON s.seq <= d.seq
JOIN gates AS g ON g.stage = s.stage
LEFT JOIN deal_gates AS p ON p.deal = d.deal AND p.gate = g.gate AND p.passed IS NOT NULL
WHERE d.state = 'open' AND p.gate IS NULL;

-- What is wrong with each open deal. stuck: longer in its stage than three quarters of at least
-- five finished stays; overdue: days since its expected close; pushes; gates not passed.
CREATE VIEW funnel_troubles AS
WITH missing AS (
    SELECT deal, count(*) AS gates, group_concat(name, ', ') AS gate_names
    FROM (SELECT deal, name FROM funnel_gates_missing ORDER BY deal, seq, gate)
    GROUP BY deal
)
SELECT d.deal, d.name, d.person, d.customer, d.region, d.stage, d.stage_name, d.seq, d.amount, d.weighted,
       d.opened, d.entered, d.days_in_stage, q.q3_days, q.stays, d.expected_close, d.first_close, d.pushes,
       d.pushed_days, d.pushed_on,
       CASE WHEN q.stays >= 5 AND d.days_in_stage > q.q3_days THEN 1 ELSE 0 END AS stuck,
       CASE WHEN d.expected_close < as_of() THEN days_between(d.expected_close, as_of()) END AS overdue,
       coalesce(m.gates, 0) AS gates, m.gate_names
FROM funnel_deals AS d
JOIN funnel_stage_days AS q ON q.stage = d.stage
LEFT JOIN missing AS m ON m.deal = d.deal
WHERE d.state = 'open';

-- ---- movement between two dates ----

-- From the end of the month, quarter and year before to the as-of date.
CREATE VIEW funnel_spans AS
SELECT 'month' AS span, as_of_month() AS period, add_days(month_first(as_of_month()), -1) AS "from",
       as_of() AS "to"
UNION ALL
SELECT 'quarter', fiscal_quarter(as_of()), add_days(period_first(fiscal_quarter(as_of())), -1), as_of()
UNION ALL
SELECT 'year', fiscal_year(as_of()), add_days(period_first(fiscal_year(as_of())), -1), as_of();

-- Each deal once, from its place at the first day to its place or end at the last, at its present
-- amount: opening + new + moved in − moved out − won − lost = closing, by stage. A deal that was
-- opened and decided between the two days is new, and won or lost, in its last stage. closing is
-- counted by itself, so that the sum proves something.
CREATE VIEW funnel_movement AS
WITH places AS (
    SELECT p.span, d.deal, a.stage AS was, b.stage AS now, d.state AS ended, d.stage AS last_stage
    FROM funnel_spans AS p
    JOIN funnel_deals AS d
    LEFT JOIN funnel_stays AS a
           ON a.deal = d.deal AND a.entered <= p."from" AND (a.ended IS NULL OR a.ended > p."from")
    LEFT JOIN funnel_stays AS b
           ON b.deal = d.deal AND b.entered <= p."to" AND (b.ended IS NULL OR b.ended > p."to")
    WHERE a.stage IS NOT NULL OR b.stage IS NOT NULL OR d.opened > p."from"
),
steps AS (
    SELECT span, deal, was AS stage, 'opening' AS step FROM places WHERE was IS NOT NULL
    UNION ALL
    SELECT span, deal, coalesce(now, last_stage), 'arrived' FROM places WHERE was IS NULL
    UNION ALL
    SELECT span, deal, now, 'moved_in' FROM places WHERE was <> now
    UNION ALL
    SELECT span, deal, was, 'moved_out' FROM places WHERE was <> now
    UNION ALL
    SELECT span, deal, coalesce(was, last_stage), ended FROM places WHERE now IS NULL
    UNION ALL
    SELECT span, deal, now, 'closing' FROM places WHERE now IS NOT NULL
),
scopes AS (
    SELECT DISTINCT scope, of FROM funnel_members
),
counted AS (
    SELECT m.scope, m.of, t.span, t.stage, t.step, m.amount
    FROM steps AS t
    JOIN funnel_members AS m ON m.deal = t.deal
    UNION ALL -- each stage of each scope once, for most have no deal
    SELECT c.scope, c.of, p.span, s.stage, NULL, NULL
    FROM scopes AS c
    JOIN funnel_spans AS p
    JOIN funnel_stages AS s
)
SELECT n.scope, n.of, n.span, s.stage, s.seq, s.name,
       count(CASE WHEN n.step = 'opening' THEN 1 END) AS opening,
       count(CASE WHEN n.step = 'arrived' THEN 1 END) AS arrived,
       count(CASE WHEN n.step = 'moved_in' THEN 1 END) AS moved_in,
       count(CASE WHEN n.step = 'moved_out' THEN 1 END) AS moved_out,
       count(CASE WHEN n.step = 'won' THEN 1 END) AS won,
       count(CASE WHEN n.step = 'lost' THEN 1 END) AS lost,
       count(CASE WHEN n.step = 'closing' THEN 1 END) AS closing,
       coalesce(sum(CASE WHEN n.step = 'opening' THEN n.amount END), 0) AS opening_value,
       coalesce(sum(CASE WHEN n.step = 'arrived' THEN n.amount END), 0) AS arrived_value,
       coalesce(sum(CASE WHEN n.step = 'moved_in' THEN n.amount END), 0) AS moved_in_value,
       coalesce(sum(CASE WHEN n.step = 'moved_out' THEN n.amount END), 0) AS moved_out_value,
       coalesce(sum(CASE WHEN n.step = 'won' THEN n.amount END), 0) AS won_out_value,
       coalesce(sum(CASE WHEN n.step = 'lost' THEN n.amount END), 0) AS lost_out_value,
       coalesce(sum(CASE WHEN n.step = 'closing' THEN n.amount END), 0) AS closing_value
FROM counted AS n
JOIN funnel_stages AS s ON s.stage = n.stage
GROUP BY n.scope, n.of, n.span, s.stage;

-- ---- over time ----

-- Open deals at the end of each of the last 25 months, the running one at the as-of date, at their
-- present amounts: a stay counts from the month in which it began to the one before it ended.
CREATE VIEW funnel_by_month AS
SELECT m.scope, m.of, e.month, count(*) AS deals, sum(m.amount) AS amount,
       sum(CAST(round(m.amount * s.probability) AS INTEGER)) AS weighted
FROM funnel_stays AS y
JOIN months(max(month(y.entered), add_months(as_of_month(), -24)),
            coalesce(add_months(month(y.ended), -1), as_of_month())) AS e
JOIN funnel_stages AS s ON s.stage = y.stage
JOIN funnel_members AS m ON m.deal = y.deal
GROUP BY m.scope, m.of, e.month;

-- Deals that were open at the end of the same day of the year before, at their present amounts.
CREATE VIEW funnel_year_ago AS
SELECT m.scope, m.of, sum(m.amount) AS amount, sum(CAST(round(m.amount * s.probability) AS INTEGER)) AS weighted
FROM day_year_ago AS t
JOIN funnel_stays AS y ON y.entered <= t.day AND (y.ended IS NULL OR y.ended > t.day)
JOIN funnel_stages AS s ON s.stage = y.stage
JOIN funnel_members AS m ON m.deal = y.deal
GROUP BY m.scope, m.of;

-- Deals decided and opened by month.
CREATE VIEW funnel_decided AS
WITH happened AS (
    SELECT m.scope, m.of, month(d.closed) AS month, d.state AS what, m.amount
    FROM funnel_members AS m
    JOIN funnel_deals AS d ON d.deal = m.deal
    WHERE d.state <> 'open' AND d.closed IS NOT NULL
    UNION ALL
    SELECT m.scope, m.of, month(d.opened), 'new', m.amount
    FROM funnel_members AS m
    JOIN funnel_deals AS d ON d.deal = m.deal
)
SELECT scope, of, month,
       count(CASE WHEN what = 'won' THEN 1 END) AS won, count(CASE WHEN what = 'lost' THEN 1 END) AS lost,
       count(CASE WHEN what = 'new' THEN 1 END) AS opened,
       coalesce(sum(CASE WHEN what = 'won' THEN amount END), 0) AS won_value,
       coalesce(sum(CASE WHEN what = 'lost' THEN amount END), 0) AS lost_value,
       coalesce(sum(CASE WHEN what = 'new' THEN amount END), 0) AS opened_value
FROM happened
GROUP BY scope, of, month;

-- Win rate = won ÷ decided of the last 12 months (this month so far and the 11 before), with the 12
-- before those beside it; by count and by value. NULL where none was decided.
CREATE VIEW funnel_wins AS
WITH sums AS (
    SELECT scope, of,
           sum(CASE WHEN months_between(month, as_of_month()) <= 11 THEN won ELSE 0 END) AS won,
           sum(CASE WHEN months_between(month, as_of_month()) <= 11 THEN lost ELSE 0 END) AS lost,
           sum(CASE WHEN months_between(month, as_of_month()) <= 11 THEN won_value ELSE 0 END) AS won_value,
           sum(CASE WHEN months_between(month, as_of_month()) <= 11 THEN lost_value ELSE 0 END) AS lost_value,
           sum(CASE WHEN months_between(month, as_of_month()) BETWEEN 12 AND 23
                    THEN won ELSE 0 END) AS won_before,
           sum(CASE WHEN months_between(month, as_of_month()) BETWEEN 12 AND 23
                    THEN lost ELSE 0 END) AS lost_before
    FROM funnel_decided
    GROUP BY scope, of
)
SELECT scope, of, won, lost, won_value, lost_value, won_before, lost_before,
       ratio(won, won + lost) AS win_rate, ratio(won_value, won_value + lost_value) AS win_rate_by_value,
       ratio(won_before, won_before + lost_before) AS win_rate_before
FROM sums;

-- Days from opening to winning, of deals won in the last 12 months: median and quartiles.
CREATE VIEW funnel_cycle AS
SELECT m.scope, m.of, count(*) AS deals, quantile(days_between(d.opened, d.closed), 0.25) AS q1_days,
       median(days_between(d.opened, d.closed)) AS cycle_days,
       quantile(days_between(d.opened, d.closed), 0.75) AS q3_days
FROM funnel_members AS m
JOIN funnel_deals AS d ON d.deal = m.deal
WHERE d.state = 'won' AND d.closed IS NOT NULL AND months_between(month(d.closed), as_of_month()) <= 11
GROUP BY m.scope, m.of;

-- Why deals were lost in the last 12 months.
CREATE VIEW funnel_losses AS
SELECT m.scope, m.of, coalesce(d.reason, t('no reason given')) AS reason, count(*) AS deals,
       sum(m.amount) AS amount
FROM funnel_members AS m
JOIN funnel_deals AS d ON d.deal = m.deal
WHERE d.state = 'lost' AND months_between(month(coalesce(d.closed, d.opened)), as_of_month()) <= 11
GROUP BY m.scope, m.of, coalesce(d.reason, t('no reason given'));

-- Open deals due by the end of the fiscal quarter or year, against what its target of revenue still
-- needs. coverage = value due ÷ remaining; NULL without a target, or when it is reached. Who has no
-- open deal covers 0 of a target: a row also for a target of people who are here without any deal.
CREATE VIEW funnel_coverage AS
WITH wanted AS (
    SELECT scope, of, grain, period, target, actual, max(target - actual, 0) AS remaining
    FROM targets_periods
    WHERE kind = 'revenue' AND grain IN ('quarter', 'year')
),
grains AS (
    SELECT 'quarter' AS grain, fiscal_quarter(as_of()) AS period
    UNION ALL
    SELECT 'year', fiscal_year(as_of())
),
open_deals AS (
    SELECT m.scope, m.of, m.amount, CAST(round(m.amount * d.probability) AS INTEGER) AS weighted, d.expected_close
    FROM funnel_deals AS d
    JOIN funnel_members AS m ON m.deal = d.deal
    WHERE d.state = 'open'
),
known AS (
    SELECT scope, of FROM open_deals
    UNION
    SELECT w.scope, w.of
    FROM wanted AS w
    LEFT JOIN people AS p ON w.scope = 'person' AND p.person = w.of
    WHERE w.remaining > 0 AND (p.left IS NULL OR p.left > as_of()) AND EXISTS (SELECT 1 FROM funnel_deals)
),
due AS (
    SELECT k.scope, k.of, g.grain, g.period,
           sum(CASE WHEN o.expected_close <= period_last(g.period) THEN o.amount ELSE 0 END) AS due_value,
           sum(CASE WHEN o.expected_close <= period_last(g.period) THEN o.weighted ELSE 0 END) AS due_weighted
    FROM known AS k
    JOIN grains AS g
    LEFT JOIN open_deals AS o ON o.scope = k.scope AND o.of = k.of
    GROUP BY k.scope, k.of, g.grain, g.period
)
SELECT d.scope, d.of, d.grain, d.period, w.target, w.remaining, d.due_value, d.due_weighted,
       ratio(d.due_value, w.remaining) AS coverage, ratio(d.due_weighted, w.remaining) AS weighted_coverage
FROM due AS d
LEFT JOIN wanted AS w ON w.scope = d.scope AND w.of = d.of AND w.grain = d.grain;

-- ---- what the whole reads ----

-- Key figures of each scope. before: the same day of the year before, for the win rate the 12
-- months before. A win rate from fewer than 20 deals is left out: it would have to carry their
-- number.
CREATE VIEW funnel_scope_figures AS
WITH now AS (
    SELECT scope, of, sum(amount) AS amount, sum(weighted) AS weighted FROM funnel_by_stage GROUP BY scope, of
),
trend AS (
    SELECT scope, of, series(month, amount) AS amounts, series(month, weighted) AS weighted
    FROM funnel_by_month
    WHERE month > add_months(as_of_month(), -13)
    GROUP BY scope, of
)
SELECT n.scope, n.of, 4 AS rank, 'pipeline' AS name, n.amount AS value, NULL AS target, b.amount AS before,
       r.amounts AS series, NULL AS label
FROM now AS n
LEFT JOIN funnel_year_ago AS b ON b.scope = n.scope AND b.of = n.of
LEFT JOIN trend AS r ON r.scope = n.scope AND r.of = n.of
UNION ALL
SELECT scope, of, 5, 'coverage', coverage, NULL, NULL, NULL, t('Coverage of the year')
FROM funnel_coverage
WHERE grain = 'year' AND coverage IS NOT NULL
UNION ALL
SELECT scope, of, 6, 'win_rate', win_rate, NULL, win_rate_before, NULL, t('Win rate, 12 months')
FROM funnel_wins
WHERE won + lost >= 20
UNION ALL
SELECT n.scope, n.of, 13, 'weighted_pipeline', n.weighted, NULL, b.weighted, r.weighted, NULL
FROM now AS n
LEFT JOIN funnel_year_ago AS b ON b.scope = n.scope AND b.of = n.of
LEFT JOIN trend AS r ON r.scope = n.scope AND r.of = n.of
UNION ALL
SELECT scope, of, 14, 'cycle_days', cycle_days, NULL, NULL, NULL, t('Cycle, 12 months') FROM funnel_cycle;

-- Of the fiscal quarter and year, of company and regions: what was won in it, before: up to the same day of the year
-- before, NULL where the first deal was opened in a later month than that period began; open deals as of the last day, and how
-- they cover what its target still needs; the win rate of at least 20 decided.
CREATE VIEW funnel_period_figures AS
WITH decided AS (
    SELECT m.scope, m.of, p.grain,
           sum(CASE WHEN d.state = 'won' AND month(d.closed) >= p.first THEN m.amount ELSE 0 END) AS won,
           sum(CASE WHEN d.state = 'won' AND month(d.closed) < p.first THEN m.amount ELSE 0 END) AS won_before,
           sum(d.state = 'won' AND month(d.closed) >= p.first) AS deals_won,
           sum(month(d.closed) >= p.first) AS deals
    FROM report_periods AS p
    JOIN day_year_ago AS y
    JOIN funnel_deals AS d ON d.state <> 'open' AND d.closed IS NOT NULL
                          AND (d.closed BETWEEN month_first(p.first) AND as_of()
                               OR (month(d.closed) >= add_months(p.first, -12) AND d.closed <= y.day))
    JOIN funnel_members AS m ON m.deal = d.deal AND m.scope IN ('company', 'region')
    GROUP BY m.scope, m.of, p.grain
),
known AS (
    SELECT p.grain
    FROM report_periods AS p
    WHERE (SELECT month(min(d.opened)) FROM funnel_deals AS d) <= add_months(p.first, -12)
)
SELECT d.scope, d.of, d.grain, 4 AS rank, 'won_value' AS name, d.won AS value, NULL AS target,
       CASE WHEN k.grain IS NOT NULL THEN d.won_before END AS before, NULL AS series
FROM decided AS d
LEFT JOIN known AS k ON k.grain = d.grain
UNION ALL
SELECT f.scope, f.of, p.grain, 5, f.name, f.value, f.target, f.before, f.series
FROM report_periods AS p
JOIN funnel_scope_figures AS f ON f.name = 'pipeline' AND f.scope IN ('company', 'region')
UNION ALL
SELECT c.scope, c.of, c.grain, 6, CASE c.grain WHEN 'quarter' THEN 'quarter_coverage' ELSE 'coverage' END, c.coverage,
       NULL, NULL, NULL
FROM funnel_coverage AS c
JOIN report_periods AS p ON p.grain = c.grain AND p.over = 0
WHERE c.scope IN ('company', 'region') AND c.coverage IS NOT NULL
UNION ALL
SELECT scope, of, grain, 7, 'span_win_rate', ratio(deals_won, deals), NULL, NULL, NULL FROM decided WHERE deals >= 20;

-- The start page's figures: those of the company.
CREATE VIEW funnel_figures AS
SELECT rank, name, value, target, before, series, 'funnel' AS page, NULL AS key
FROM funnel_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences, by scope.
CREATE VIEW funnel_findings AS
WITH now AS (
    SELECT scope, of, sum(deals) AS deals, sum(amount) AS amount, sum(weighted) AS weighted
    FROM funnel_by_stage
    GROUP BY scope, of
),
month AS (
    SELECT scope, of, won, won_value, lost, lost_value FROM funnel_decided WHERE month = as_of_month()
),
troubles AS (
    SELECT m.scope, m.of, count(*) AS deals, sum(m.amount) AS amount
    FROM funnel_troubles AS t
    JOIN funnel_members AS m ON m.deal = t.deal
    WHERE t.stuck = 1 OR t.overdue IS NOT NULL
    GROUP BY m.scope, m.of
)
SELECT n.scope, n.of, 2 AS rank,
       concat(t('{1} {1:deal is|deals are} open, worth {2}, weighted {3}', n.deals, short_money(n.amount),
                short_money(n.weighted)),
              CASE WHEN c.coverage IS NULL THEN '.'
                   ELSE t('; those due this year cover {1} of the {2} that its target still needs.',
                          percent(c.coverage), short_money(c.remaining)) END) AS text
FROM now AS n
LEFT JOIN funnel_coverage AS c ON c.scope = n.scope AND c.of = n.of AND c.grain = 'year'
WHERE n.deals > 0
UNION ALL
SELECT scope, of, 5,
       t('{1} won for {2} and {3} lost for {4} in {5}.',
         CASE won WHEN 1 THEN t('1 deal was') ELSE t('{1} deals were', won) END, short_money(won_value),
         CASE lost WHEN 1 THEN t('1 was') ELSE t('{1} were', lost) END, short_money(lost_value),
         month_text(as_of_month()))
FROM month
WHERE won + lost > 0
UNION ALL
SELECT scope, of, 8,
       t(CASE deals WHEN 1
                    THEN '1 open deal, worth {2}, stands too long in its stage or is past its expected close.'
                    ELSE '{1} open deals, worth {2}, stand too long in their stage or are past their expected close.'
         END,
         deals, short_money(amount))
FROM troubles;

-- Of the fiscal quarter and year, of company and regions: what was decided, and what is open.
CREATE VIEW funnel_period_findings AS
WITH decided AS (
    SELECT d.scope, d.of, p.grain, sum(d.won) AS won, sum(d.won_value) AS won_value, sum(d.lost) AS lost,
           sum(d.lost_value) AS lost_value
    FROM report_periods AS p
    JOIN funnel_decided AS d ON d.month >= p.first AND d.month <= as_of_month()
    WHERE d.scope IN ('company', 'region')
    GROUP BY d.scope, d.of, p.grain
)
SELECT d.scope, d.of, d.grain, 3 AS rank,
       CASE WHEN lost = 0 THEN t('{1} won for {2} in {3}, and none was lost.',
                                 CASE won WHEN 1 THEN t('1 deal was') ELSE t('{1} deals were', won) END,
                                 short_money(won_value), p.span)
            WHEN won = 0 THEN t('{1} lost for {2} in {3}, and none was won.',
                                CASE lost WHEN 1 THEN t('1 deal was') ELSE t('{1} deals were', lost) END,
                                short_money(lost_value), p.span)
            ELSE t('{1} won for {2} and {3} lost for {4} in {5}.',
                   CASE won WHEN 1 THEN t('1 deal was') ELSE t('{1} deals were', won) END, short_money(won_value),
                   CASE lost WHEN 1 THEN t('1 was') ELSE t('{1} were', lost) END, short_money(lost_value), p.span) END AS text
FROM decided AS d
JOIN report_periods AS p ON p.grain = d.grain
WHERE won + lost > 0
UNION ALL
SELECT c.scope, c.of, 'quarter', 11,
       t('Open deals due in the quarter cover {1} of the {2} that its target still needs.', percent(c.coverage),
         short_money(c.remaining))
FROM funnel_coverage AS c
JOIN report_periods AS p ON p.grain = 'quarter' AND p.over = 0
WHERE c.grain = 'quarter' AND c.scope IN ('company', 'region') AND c.coverage IS NOT NULL;

-- One line a deal that is stuck, overdue, pushed three times or claims a stage without its gates;
-- and the company, where open deals do not cover half of what the year still needs. cost: value of
-- the deal, or what is not covered. owner: who leads the deal, or acts for them.
CREATE VIEW funnel_exceptions AS
WITH worst AS (
    SELECT t.deal, t.name, coalesce(a.owner, c.owner) AS owner, t.amount, t.entered, t.days_in_stage, t.q3_days,
           t.stage_name, t.overdue, t.expected_close, t.pushes, t.pushed_on, t.gates, t.stuck,
           CASE WHEN t.stuck = 1 AND (t.overdue > 30 OR t.pushes >= 3) THEN 1
                WHEN t.stuck = 1 OR t.overdue > 30 OR t.pushes >= 3 THEN 2
                ELSE 3 END AS severity
    FROM funnel_troubles AS t
    LEFT JOIN acting_owners AS a ON a.person = t.person
    LEFT JOIN company_owner AS c
    WHERE t.stuck = 1 OR t.overdue IS NOT NULL OR t.pushes >= 3 OR t.gates > 0
)
SELECT concat('funnel:deal:', deal) AS id, severity, amount AS cost, owner,
       concat(name, ': ', substr(concat(
           CASE stuck WHEN 1 THEN t('; {1} {1:day|days} in {2}, where three in four stay at most {3}',
                                    days_in_stage, stage_name,
                                    CAST(round(q3_days) AS INTEGER)) END,
           CASE WHEN overdue IS NOT NULL THEN t('; was to close on {1}', date_text(expected_close)) END,
           CASE WHEN pushes >= 3 THEN t('; close pushed {1} times', pushes) END,
           CASE WHEN gates = 1 THEN t('; 1 gate of its stage not passed')
                WHEN gates > 1 THEN t('; {1} gates of its stage not passed', gates) END), 3)) AS text,
       'deal' AS page, deal AS key,
       CASE WHEN stuck = 1 THEN add_days(entered, CAST(round(q3_days) AS INTEGER))
            WHEN overdue IS NOT NULL THEN expected_close
            WHEN pushes >= 3 THEN pushed_on ELSE entered END AS since
FROM worst
UNION ALL
SELECT concat('funnel:coverage:', c.scope, ':', c.of), 2, c.remaining - c.due_value, u.owner,
       t('{1}: open deals due this year cover {2} of the {3} still needed', u.name, percent(c.coverage),
         short_money(c.remaining)),
       'funnel', NULL, period_first(c.period)
FROM funnel_coverage AS c
JOIN targets_units AS u ON u.scope = c.scope AND u.of = c.of
WHERE c.grain = 'year' AND c.scope = 'company' AND c.coverage < 0.5;

-- Deals opened, won and lost by person and month, and the value won, by the person's shares.
CREATE VIEW funnel_measures AS
SELECT of AS person, month, 'new_deals' AS measure, opened AS value FROM funnel_decided WHERE scope = 'person'
UNION ALL
SELECT of, month, 'won_deals', won FROM funnel_decided WHERE scope = 'person'
UNION ALL
SELECT of, month, 'lost_deals', lost FROM funnel_decided WHERE scope = 'person'
UNION ALL
SELECT of, month, 'won_value', won_value FROM funnel_decided WHERE scope = 'person';

-- Expected closes of open deals, from the as-of date on.
CREATE VIEW funnel_events AS
SELECT concat('funnel-close-', d.deal) AS uid, d.expected_close AS starts, d.expected_close AS ends,
       coalesce(a.owner, c.owner) AS owner,
       t('Decision expected: {1} ({2})', d.name, short_money(d.amount)) AS title, 'deal' AS page, d.deal AS key
FROM funnel_deals AS d
LEFT JOIN acting_owners AS a ON a.person = d.person
LEFT JOIN company_owner AS c
WHERE d.state = 'open' AND d.expected_close >= as_of();

-- Histories that contradict themselves.
CREATE VIEW funnel_checks AS
SELECT 'error' AS severity, 'deals' AS tbl, _row AS row,
       t('deal {1} is {2} but has no day of decision', deal, state) AS text,
       t('write the day in column closed') AS remedy
FROM deals
WHERE state <> 'open' AND closed IS NULL
UNION ALL
SELECT 'warning', 'deals', _row,
       t('deal {1} was closed on {2}, before it was opened', deal, date_text(closed)),
       t('correct one of the two days')
FROM deals
WHERE closed < opened
UNION ALL
SELECT 'warning', 'deal_stages', h._row,
       t('deal {1} enters {2} on {3}, after it was decided on {4}', h.deal, h.stage, date_text(h.entered),
         date_text(d.closed)),
       t('correct one of the two days')
FROM deal_stages AS h
JOIN deals AS d ON d.deal = h.deal
WHERE h.entered > d.closed
UNION ALL
SELECT 'warning', 'deal_stages', h._row,
       t('deal {1} enters {2} on {3}, before it was opened', h.deal, h.stage, date_text(h.entered)),
       t('correct one of the two days')
FROM deal_stages AS h
JOIN deals AS d ON d.deal = h.deal
WHERE h.entered < d.opened
UNION ALL
SELECT 'error', 'deals', min(d._row), t('movement of stage {1} does not add up', m.name),
       t('report this: it is a mistake of the model')
FROM funnel_movement AS m
JOIN deals AS d
WHERE m.scope = 'company'
  AND (m.opening + m.arrived + m.moved_in - m.moved_out - m.won - m.lost <> m.closing
       OR m.opening_value + m.arrived_value + m.moved_in_value - m.moved_out_value - m.won_out_value - m.lost_out_value
          <> m.closing_value)
GROUP BY m.span, m.name;
