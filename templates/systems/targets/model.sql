-- Targets: what was agreed, what was reached, how they fit together.

-- Targets with amounts in whole numbers: smallest units of the currency where the kind is money.
CREATE VIEW targets_whole AS
SELECT period, period_kind(period) AS grain, period_first(period) AS first, period_last(period) AS last,
       scope, of, kind, state,
       CASE WHEN kind IN ('revenue', 'collections') THEN smallest_units(amount)
            ELSE CAST(round(amount) AS INTEGER) END AS amount
FROM targets;

-- Agreed targets by month. A month's own row counts; where a quarter or a year has months without a
-- row, what is left of its amount is shared out over them by their working days, by largest
-- remainder. Whole numbers; from targets.csv and the calendar.
CREATE VIEW targets_agreed_months AS
WITH agreed AS (
    SELECT period, grain, scope, of, kind, amount FROM targets_whole WHERE state = 'agreed'
),
-- The months of quarters that have no row of their own. Mostly there are few, and the rest is done for them alone.
quarters AS MATERIALIZED (
    SELECT q.scope, q.of, q.kind, q.period, q.amount, c.month, c.working_days
    FROM agreed AS q
    JOIN calendar AS c ON c.quarter = q.period
    LEFT JOIN targets_whole AS o
           ON o.scope = q.scope AND o.of = q.of AND o.kind = q.kind AND o.period = c.month AND o.state = 'agreed'
    WHERE q.grain = 'quarter' AND o.period IS NULL
),
quarter_rests AS (
    SELECT q.scope, q.of, q.kind, q.period, max(q.amount - coalesce(sum(o.amount), 0), 0) AS rest
    FROM (SELECT DISTINCT scope, of, kind, period, amount FROM quarters) AS q
    JOIN calendar AS c ON c.quarter = q.period
    LEFT JOIN targets_whole AS o
           ON o.scope = q.scope AND o.of = q.of AND o.kind = q.kind AND o.period = c.month AND o.state = 'agreed'
    GROUP BY q.scope, q.of, q.kind, q.period, q.amount
),
quarter_parts AS (
    SELECT q.scope, q.of, q.kind, q.period, share_out(r.rest, q.working_days, q.month) AS parts
    FROM quarters AS q
    JOIN quarter_rests AS r ON r.scope = q.scope AND r.of = q.of AND r.kind = q.kind AND r.period = q.period
    GROUP BY q.scope, q.of, q.kind, q.period
),
quarter_months AS MATERIALIZED (
    SELECT q.scope, q.of, q.kind, q.month, p.parts ->> q.month AS amount
    FROM quarters AS q
    JOIN quarter_parts AS p ON p.scope = q.scope AND p.of = q.of AND p.kind = q.kind AND p.period = q.period
),
-- The months of years that have neither a row of their own nor a part of a quarter.
years AS MATERIALIZED (
    SELECT y.scope, y.of, y.kind, y.period, y.amount, c.month, c.working_days
    FROM agreed AS y
    JOIN calendar AS c ON c.year = y.period
    LEFT JOIN targets_whole AS o
           ON o.scope = y.scope AND o.of = y.of AND o.kind = y.kind AND o.period = c.month AND o.state = 'agreed'
    LEFT JOIN quarter_months AS q ON q.scope = y.scope AND q.of = y.of AND q.kind = y.kind AND q.month = c.month
    WHERE y.grain = 'year' AND o.period IS NULL AND q.month IS NULL
),
year_rests AS (
    SELECT y.scope, y.of, y.kind, y.period,
           max(y.amount - coalesce(sum(coalesce(o.amount, q.amount)), 0), 0) AS rest
    FROM (SELECT DISTINCT scope, of, kind, period, amount FROM years) AS y
    JOIN calendar AS c ON c.year = y.period
    LEFT JOIN targets_whole AS o
           ON o.scope = y.scope AND o.of = y.of AND o.kind = y.kind AND o.period = c.month AND o.state = 'agreed'
    LEFT JOIN quarter_months AS q ON q.scope = y.scope AND q.of = y.of AND q.kind = y.kind AND q.month = c.month
    GROUP BY y.scope, y.of, y.kind, y.period, y.amount
),
year_parts AS (
    SELECT y.scope, y.of, y.kind, y.period, share_out(r.rest, y.working_days, y.month) AS parts
    FROM years AS y
    JOIN year_rests AS r ON r.scope = y.scope AND r.of = y.of AND r.kind = y.kind AND r.period = y.period
    GROUP BY y.scope, y.of, y.kind, y.period
)
SELECT scope, of, kind, period AS month, amount FROM agreed WHERE grain = 'month'
UNION ALL
SELECT scope, of, kind, month, amount FROM quarter_months
UNION ALL
SELECT y.scope, y.of, y.kind, y.month, p.parts ->> y.month
FROM years AS y
JOIN year_parts AS p ON p.scope = y.scope AND p.of = y.of AND p.kind = y.kind AND p.period = y.period;

-- Targets by scope and month: the agreed one; where a company, region or team has none, the sum of
-- those of its people, for the company else of the regions; summed says so. NULL nowhere: no row,
-- no target.
CREATE VIEW targets_by_scope AS
WITH of_people AS (
    SELECT p.scope, p.of, t.kind, t.month, sum(t.amount) AS amount
    FROM targets_agreed_months AS t
    JOIN person_scopes AS p ON p.person = t.of AND t.month >= p.from_month AND t.month < p.before_month
    WHERE t.scope = 'person' AND p.scope <> 'person'
    GROUP BY p.scope, p.of, t.kind, t.month
    UNION ALL
    SELECT 'company', 'company', kind, month, sum(amount)
    FROM targets_agreed_months
    WHERE scope = 'person'
    GROUP BY kind, month
),
of_regions AS (
    SELECT t.kind, t.month, sum(t.amount) AS amount
    FROM targets_agreed_months AS t
    WHERE t.scope = 'region'
      AND NOT EXISTS (SELECT 1 FROM regions_within AS w
                      JOIN targets AS a ON a.scope = 'region' AND a.of = w.within
                      WHERE w.region = t.of AND w.within <> t.of)
    GROUP BY t.kind, t.month
)
SELECT scope, of, kind, month, amount, 0 AS summed FROM targets_agreed_months
UNION ALL
SELECT p.scope, p.of, p.kind, p.month, p.amount, 1
FROM of_people AS p
LEFT JOIN targets_agreed_months AS a
       ON a.scope = p.scope AND a.of = p.of AND a.kind = p.kind AND a.month = p.month
WHERE a.month IS NULL
UNION ALL
SELECT 'company', 'company', r.kind, r.month, r.amount, 1
FROM of_regions AS r
LEFT JOIN of_people AS p ON p.scope = 'company' AND p.kind = r.kind AND p.month = r.month
LEFT JOIN targets_agreed_months AS a ON a.scope = 'company' AND a.kind = r.kind AND a.month = r.month
WHERE p.month IS NULL AND a.month IS NULL;

-- What was reached, by scope, kind and month; up_to_day is the part up to the as-of date's day of
-- the month, NULL where only whole months are counted (results.csv) and working days of this month
-- are left. Collections are what payments.csv has, visits what visits.csv has, in months for which
-- results.csv has none.
CREATE VIEW targets_actuals AS
WITH counted AS (
    SELECT r.month, r.person, r.kind,
           CASE WHEN r.kind IN ('revenue', 'collections') THEN smallest_units(r.value)
                ELSE CAST(round(r.value) AS INTEGER) END AS value,
           CASE WHEN c.gone = c.working_days THEN 1 END AS whole
    FROM results AS r
    JOIN calendar AS c ON c.month = as_of_month()
    WHERE r.month <= as_of_month() AND r.kind NOT IN ('revenue', 'new_customers')
)
SELECT scope, of, 'revenue' AS kind, month, revenue AS value, up_to_day FROM revenue_by_month
UNION ALL
SELECT scope, of, 'new_customers', month, customers, up_to_day FROM new_customers_by_month
UNION ALL
SELECT scope, of, 'collections', month, collected, up_to_day
FROM receivables_collected
WHERE month NOT IN (SELECT month FROM counted WHERE kind = 'collections')
UNION ALL
SELECT scope, of, 'visits', month, visits, up_to_day
FROM visits_by_month
WHERE month NOT IN (SELECT month FROM counted WHERE kind = 'visits')
UNION ALL
SELECT 'company', 'company', kind, month, sum(value),
       sum(value * whole)
FROM counted
GROUP BY kind, month
UNION ALL
SELECT p.scope, p.of, c.kind, c.month, sum(c.value),
       sum(c.value * c.whole)
FROM counted AS c
JOIN person_scopes AS p ON p.person = c.person AND c.month >= p.from_month AND c.month < p.before_month
GROUP BY p.scope, p.of, c.kind, c.month;

-- The first month of which is known what was reached of a kind: after it a month without is 0. For
-- kinds that only results.csv has, there is none.
CREATE VIEW targets_known_since AS
SELECT kind.column1 AS kind, f.month
FROM (VALUES ('revenue'), ('new_customers')) AS kind
JOIN first_month_of_sales AS f
WHERE f.month IS NOT NULL
UNION ALL
SELECT 'collections', min(month)
FROM receivables_collected
WHERE NOT EXISTS (SELECT 1 FROM results WHERE kind = 'collections')
HAVING count(*) > 0
UNION ALL
SELECT 'visits', month
FROM visits_since
WHERE NOT EXISTS (SELECT 1 FROM results WHERE kind = 'visits');

-- Target, actual and the year before, for each month of the last fiscal year and this one. actual
-- is NULL in months to come and in months of which nothing is known: for revenue and new customers
-- those before the first month of sales, for collections those before the first payment, for visits
-- those before the first visit, for other kinds those without a result. before is the same
-- month of the year before, for the as-of month up to the same day. A person has the months of their
-- employment, and others only with a target or a result; in the month in which they come or leave only the working
-- days on which they are here. is_known: 0 in months before the first of which what
-- was reached is known; unplanned: 1 in known months before the first for which anybody had a target of the kind.
CREATE VIEW targets_by_month AS
WITH subjects AS (
    SELECT scope, of, kind FROM targets_by_scope
    UNION
    SELECT scope, of, kind FROM targets_actuals
),
months AS MATERIALIZED (
    SELECT month, first, last, add_months(month, -12) AS a_year_before, working_days, gone, quarter, year
    FROM calendar
    WHERE year IN (fiscal_year(as_of_month()), fiscal_year(add_months(as_of_month(), -12)))
),
planned_since AS (
    SELECT kind, min(month) AS month FROM targets_by_scope GROUP BY kind
)
SELECT s.scope, s.of, s.kind, m.month, m.quarter, m.year,
       CASE WHEN month(h.hired) = m.month OR month(h.left) = m.month
            THEN working_days(max(m.first, coalesce(h.hired, m.first)), min(m.last, coalesce(h.left, m.last)))
            ELSE m.working_days END AS working_days,
       CASE WHEN (month(h.hired) = m.month OR month(h.left) = m.month) AND m.gone > 0
            THEN working_days(max(m.first, coalesce(h.hired, m.first)), min(m.last, as_of(), coalesce(h.left, m.last)))
            ELSE m.gone END AS gone,
       CASE WHEN m.month < f.month AND a.value IS NULL THEN 0 ELSE 1 END AS is_known,
       CASE WHEN m.month < p.month AND (m.month >= f.month OR a.value IS NOT NULL) THEN 1 ELSE 0 END AS unplanned,
       t.amount AS target, coalesce(t.summed, 0) AS summed,
       CASE WHEN m.month > as_of_month() THEN NULL
            WHEN m.month >= f.month THEN coalesce(a.value, 0)
            ELSE a.value END AS actual,
       CASE WHEN m.a_year_before < month(h.hired) AND coalesce(b.value, 0) = 0 THEN NULL
            WHEN m.a_year_before >= f.month
            THEN coalesce(CASE WHEN m.month = as_of_month() THEN b.up_to_day ELSE b.value END, 0)
            WHEN m.month = as_of_month() THEN b.up_to_day
            ELSE b.value END AS before,
       CASE WHEN m.a_year_before < month(h.hired) AND coalesce(b.value, 0) = 0 THEN NULL
            WHEN m.a_year_before >= f.month
            THEN coalesce(b.value, 0)
            ELSE b.value END AS before_whole
FROM subjects AS s
JOIN months AS m
LEFT JOIN targets_known_since AS f ON f.kind = s.kind
LEFT JOIN planned_since AS p ON p.kind = s.kind
LEFT JOIN people AS h ON s.scope = 'person' AND h.person = s.of
LEFT JOIN targets_by_scope AS t
       ON t.scope = s.scope AND t.of = s.of AND t.kind = s.kind AND t.month = m.month
LEFT JOIN targets_actuals AS a
       ON a.scope = s.scope AND a.of = s.of AND a.kind = s.kind AND a.month = m.month
LEFT JOIN targets_actuals AS b
       ON b.scope = s.scope AND b.of = s.of AND b.kind = s.kind AND b.month = m.a_year_before
WHERE ((h.hired IS NULL OR m.month >= month(h.hired)) AND (h.left IS NULL OR m.month <= month(h.left)))
   OR coalesce(t.amount, 0) <> 0 OR coalesce(a.value, 0) <> 0;

-- The month, the fiscal quarter and the fiscal year of the as-of date, by scope and kind. target: the one agreed
-- for the period, else the sum of those of its months, of which some may have none.
--   due        targets of the months gone, and of this month the part of its working days gone; only of months of
--              which is known what was reached. NULL where what was reached goes further back than all targets
--   attainment actual ÷ target                       NULL without a target, and where due is
--   full_target target                               NULL where some of its months have none
--   pace       actual ÷ (full_target × gone)         NULL without one, and where forecast is
--   season     of the year: share of the company's year before that had come by the same day; NULL
--              where that is not known whole, or nothing of it had come; it holds for who is here all year
--   forecast   actual ÷ season, else ÷ gone          NULL on the first day if it is no working day, and where it
--                                                    is not known what the first months of the period brought.
--                                                    Who has left brings no more
--   daily      actual ÷ working days gone of the months that are known
--   required   (full_target − actual) ÷ working days left NULL when none are left, or the person has, 0
--                                                    when it is reached
--   growth     actual ÷ before − 1                   NULL where the year before is not known whole
CREATE VIEW targets_periods AS
WITH cells AS (
    SELECT 'month' AS grain, month AS period, scope, of, kind, month, working_days, gone, is_known, unplanned, target,
           summed, actual, before, before_whole
    FROM targets_by_month
    WHERE month = as_of_month()
    UNION ALL
    SELECT 'quarter', quarter, scope, of, kind, month, working_days, gone, is_known, unplanned, target, summed, actual,
           before, before_whole
    FROM targets_by_month
    WHERE quarter = fiscal_quarter(as_of_month())
    UNION ALL
    SELECT 'year', year, scope, of, kind, month, working_days, gone, is_known, unplanned, target, summed, actual,
           before, before_whole
    FROM targets_by_month
    WHERE year = fiscal_year(as_of_month())
),
sums AS (
    SELECT grain, period, scope, of, kind, sum(target) AS month_targets, max(summed) AS summed,
           sum(actual) AS actual,
           count(*) AS months, count(target) = count(*) AS is_full, min(is_known) AS is_known,
           CASE WHEN max(unplanned) = 0
                THEN CAST(round(sum(ratio(1.0 * target * gone * is_known, working_days))) AS INTEGER) END AS due,
           CASE WHEN count(CASE WHEN month <= as_of_month() THEN before END)
                     = count(CASE WHEN month <= as_of_month() THEN 1 END)
                THEN sum(CASE WHEN month <= as_of_month() THEN before END) END AS before,
           CASE WHEN count(before_whole) = count(*) THEN sum(before_whole) END AS before_whole,
           sum(gone) AS days_gone, sum(gone * is_known) AS days_known, sum(working_days) AS working_days,
           ratio(sum(gone), sum(working_days)) AS gone
    FROM cells
    GROUP BY grain, period, scope, of, kind
),
seasons AS (
    SELECT grain, kind, months, ratio(before, before_whole) AS season
    FROM sums
    WHERE grain = 'year' AND scope = 'company' AND before > 0 AND before <= before_whole
),
whole AS (
    SELECT s.grain, s.period, s.scope, s.of, s.kind, s.summed, s.actual, s.due, s.before, s.before_whole,
           s.days_gone, s.days_known, s.working_days, s.gone, s.is_known,
           CASE WHEN s.is_known THEN e.season END AS season, coalesce(h.left <= as_of(), 0) AS has_left,
           coalesce(t.amount, s.month_targets) AS target,
           coalesce(t.amount, CASE WHEN s.is_full THEN s.month_targets END) AS full_target
    FROM sums AS s
    LEFT JOIN seasons AS e ON e.grain = s.grain AND e.kind = s.kind AND e.months = s.months
    LEFT JOIN people AS h ON s.scope = 'person' AND h.person = s.of
    LEFT JOIN targets_whole AS t
           ON t.period = s.period AND t.scope = s.scope AND t.of = s.of AND t.kind = s.kind
          AND t.state = 'agreed'
)
SELECT grain, period, scope, of, kind, summed, target, full_target, actual, due, before AS before_actual, before_whole,
       gone, season,
       days_gone, working_days, working_days - days_gone AS working_days_left,
       actual - target AS gap, actual - due AS gap_to_date,
       CASE WHEN due IS NOT NULL THEN ratio(actual, target) END AS attainment,
       ratio(actual, due) AS to_plan,
       CASE WHEN is_known THEN ratio(actual, full_target * gone) END AS pace,
       CASE WHEN has_left THEN actual
            WHEN is_known THEN CAST(round(ratio(actual, coalesce(season, gone))) AS INTEGER) END AS forecast,
       CAST(round(ratio(actual, days_known)) AS INTEGER) AS daily,
       CASE WHEN has_left THEN NULL
            WHEN actual >= full_target THEN 0
            ELSE CAST(round(ratio(full_target - actual, working_days - days_gone)) AS INTEGER) END AS required,
       ratio(actual, before) - 1 AS growth
FROM whole;

-- Revenue of the company in the fiscal year, its quarters and months (depth 0, 1, 2). before_actual: the same
-- period of the year before, of the running year, quarter and month up to the same day. Money.
CREATE VIEW targets_company_year AS
WITH months AS (
    SELECT quarter, month, target, actual, before
    FROM targets_by_month
    WHERE scope = 'company' AND kind = 'revenue' AND year = fiscal_year(as_of_month())
),
quarters AS (
    SELECT quarter, sum(target) AS target, sum(actual) AS actual,
           CASE WHEN count(before) = count(*) THEN sum(before) END AS before
    FROM months
    GROUP BY quarter
),
running AS (
    SELECT grain, period, target, actual, before_actual
    FROM targets_periods
    WHERE scope = 'company' AND kind = 'revenue'
)
SELECT 0 AS depth, period AS quarter, '' AS month, period, target, actual, before_actual FROM running WHERE grain = 'year'
UNION ALL
SELECT 1, q.quarter, '', q.quarter, coalesce(t.amount, q.target), q.actual,
       CASE WHEN r.period IS NULL THEN q.before ELSE r.before_actual END
FROM quarters AS q
LEFT JOIN running AS r ON r.grain = 'quarter' AND r.period = q.quarter
LEFT JOIN targets_whole AS t
       ON t.scope = 'company' AND t.kind = 'revenue' AND t.state = 'agreed' AND t.period = q.quarter
UNION ALL
SELECT 2, quarter, month, month, target, actual, before FROM months;

-- The day, the week and the month of the company and of each person, for their reports. week_plan: the
-- month's target × working days of the week ÷ working days of the month, of a week over two months of
-- both; up to the as-of date. week_gap, behind: what is above the plan. NULL without a target. Money.
CREATE VIEW targets_days AS
WITH week_days AS (
    SELECT month(d.day) AS month, count(*) AS days
    FROM report_days AS r
    JOIN days(r.week_first, r.today) AS d
    WHERE is_working_day(d.day)
    GROUP BY month(d.day)
),
week_plans AS (
    SELECT t.scope, t.of, CAST(round(sum(ratio(1.0 * t.amount * w.days, c.working_days))) AS INTEGER) AS week_plan
    FROM week_days AS w
    JOIN calendar AS c ON c.month = w.month
    JOIN targets_by_scope AS t ON t.month = w.month AND t.kind = 'revenue'
    GROUP BY t.scope, t.of
)
SELECT p.scope, p.of, coalesce(r.revenue_yesterday, 0) AS revenue_yesterday, coalesce(r.revenue_week, 0) AS revenue_week,
       coalesce(r.week_before, 0) AS week_before, w.week_plan, coalesce(r.revenue_week, 0) - w.week_plan AS week_gap,
       p.actual AS revenue_month, p.target, p.due AS plan_to_date, p.gap_to_date AS behind, p.required
FROM targets_periods AS p
LEFT JOIN revenue_days AS r ON r.scope = p.scope AND r.of = p.of
LEFT JOIN week_plans AS w ON w.scope = p.scope AND w.of = p.of
WHERE p.kind = 'revenue' AND p.grain = 'month' AND p.scope IN ('company', 'person');

-- Why the company stands otherwise against its plan of the month than its people who have one do together: its
-- target is not the sum of theirs, or some of its revenue is of nobody with a plan. No row where they agree,
-- but for the rounding of each person's plan to date. Money.
CREATE VIEW targets_apart AS
WITH planned AS (
    SELECT sum(target) AS target, sum(plan_to_date) AS plan_to_date, sum(revenue_month) AS revenue
    FROM targets_days
    WHERE scope = 'person' AND plan_to_date IS NOT NULL
),
apart AS (
    SELECT d.behind, CASE WHEN d.target <> p.target THEN d.plan_to_date - p.plan_to_date ELSE 0 END AS plan,
           d.revenue_month - p.revenue AS revenue
    FROM targets_days AS d
    JOIN planned AS p ON p.plan_to_date IS NOT NULL
    WHERE d.scope = 'company' AND d.behind IS NOT NULL
)
SELECT behind, plan, revenue,
       concat(t('The company itself stands at {1}: ', format(behind, '+whole')),
              CASE WHEN plan > 0
                   THEN t('its plan to date is {1} above that of its people together', format(plan, 'whole'))
                   WHEN plan < 0
                   THEN t('its plan to date is {1} below that of its people together', format(-plan, 'whole')) END,
              CASE WHEN plan <> 0 AND revenue <> 0 THEN t(', and ') END,
              CASE WHEN revenue <> 0
                   THEN t('{1} of its revenue is of nobody with a plan', format(revenue, 'whole')) END, '.') AS text
FROM apart
WHERE plan <> 0 OR revenue <> 0;

-- Key figures of each scope. Their target is the plan to date, for the forecast the year's target;
-- before is the same period of last year, for the forecast last year whole. series: the months so
-- far. None for a unit that has neither a target nor revenue.
CREATE VIEW targets_scope_figures AS
WITH months AS (
    SELECT scope, of, series(month, actual) AS series
    FROM targets_by_month
    WHERE kind = 'revenue' AND month > add_months(as_of_month(), -13) AND month <= as_of_month()
    GROUP BY scope, of
),
plans AS (
    SELECT scope, of FROM targets_periods WHERE kind = 'revenue' AND grain = 'year' AND target IS NOT NULL
)
SELECT p.scope, p.of, 1 AS rank, 'revenue_month' AS name, p.actual AS value, p.due AS target,
       p.before_actual AS before, m.series
FROM targets_periods AS p
LEFT JOIN months AS m ON m.scope = p.scope AND m.of = p.of
WHERE p.kind = 'revenue' AND p.grain = 'month' AND (p.actual <> 0 OR p.due > 0)
UNION ALL
SELECT p.scope, p.of, 2, 'revenue_year', p.actual, p.due, p.before_actual, m.series
FROM targets_periods AS p
LEFT JOIN months AS m ON m.scope = p.scope AND m.of = p.of
WHERE p.kind = 'revenue' AND p.grain = 'year' AND (p.actual <> 0 OR p.due > 0)
UNION ALL
SELECT p.scope, p.of, 3, 'year_forecast', p.forecast, p.full_target, p.before_whole, NULL
FROM targets_periods AS p
JOIN plans AS y ON y.scope = p.scope AND y.of = p.of
WHERE p.kind = 'revenue' AND p.grain = 'year';

-- Figures of the fiscal quarter and year, of company and regions: revenue, whose target is the plan to date, of a
-- period that is over the whole target; the part of the whole target; and what the year ends with at this rate, while
-- days of it are left. Of the quarter there is no such forecast: it would not know the season.
CREATE VIEW targets_period_figures AS
WITH months AS (
    SELECT scope, of, series(month, actual) AS series
    FROM targets_by_month
    WHERE kind = 'revenue' AND scope IN ('company', 'region') AND month > add_months(as_of_month(), -13)
      AND month <= as_of_month()
    GROUP BY scope, of
),
periods AS (
    SELECT scope, of, grain, actual, target, before_actual, before_whole, attainment, forecast, working_days_left,
           CASE working_days_left WHEN 0 THEN target ELSE due END AS due
    FROM targets_periods
    WHERE kind = 'revenue' AND grain IN ('quarter', 'year') AND scope IN ('company', 'region')
)
SELECT p.scope, p.of, p.grain, 1 AS rank, CASE p.grain WHEN 'quarter' THEN 'revenue_quarter' ELSE 'revenue_year' END AS name,
       p.actual AS value, p.due AS target, p.before_actual AS before, m.series
FROM periods AS p
LEFT JOIN months AS m ON m.scope = p.scope AND m.of = p.of
WHERE p.actual <> 0 OR p.due > 0
UNION ALL
SELECT scope, of, grain, 2, CASE grain WHEN 'quarter' THEN 'attainment_quarter' ELSE 'attainment_year' END, attainment,
       NULL, NULL, NULL
FROM periods
WHERE target > 0
UNION ALL
SELECT scope, of, grain, 3, 'year_forecast', forecast, target, before_whole, NULL
FROM periods
WHERE grain = 'year' AND target IS NOT NULL AND working_days_left > 0;

-- The start page's figures: those of the company, and how many people are behind their plan to
-- date.
CREATE VIEW targets_figures AS
SELECT rank, name, value, target, before, series, 'targets' AS page, NULL AS key
FROM targets_scope_figures
WHERE scope = 'company'
UNION ALL
SELECT 12, 'people_behind', count(CASE WHEN p.actual < p.due THEN 1 END), NULL, NULL, NULL, 'targets', NULL
FROM targets_periods AS p
LEFT JOIN people AS h ON h.person = p.of
WHERE p.scope = 'person' AND p.kind = 'revenue' AND p.grain = 'year' AND p.due > 0
  AND (h.left IS NULL OR h.left > as_of())
HAVING count(*) > 0;

-- ---- the tree: company → region → team → person ----

-- Units that have a target in this fiscal year or a later one, under the nearest unit around them
-- that has one: a region under the region it lies in, a team under its people's region, a person
-- under their team, else their region; all others under the company. path puts children behind
-- their parent, indent sets their names in by wide blanks.
CREATE VIEW targets_tree AS
WITH RECURSIVE units AS (
    SELECT DISTINCT scope, of
    FROM targets_whole
    WHERE last >= period_first(fiscal_year(as_of_month())) AND scope <> 'company'
),
-- Regions around each region that have a target, the nearest first: it lies in the most others.
depths AS (
    SELECT region, count(*) AS depth FROM regions_within GROUP BY region
),
around AS (
    SELECT w.region, w.within,
           row_number() OVER (PARTITION BY w.region ORDER BY d.depth DESC, w.within) AS nth
    FROM regions_within AS w
    JOIN units AS u ON u.scope = 'region' AND u.of = w.within
    JOIN depths AS d ON d.region = w.within
),
-- A region itself comes first among those around it: its parent is the second.
region_parents AS (
    SELECT region, within AS parent FROM around WHERE nth = 2
),
nearest AS (
    SELECT region, within FROM around WHERE nth = 1
),
places AS (
    SELECT s.person, s.team, n.within AS region
    FROM person_spells AS s
    LEFT JOIN nearest AS n ON n.region = s.region
    WHERE s.from_month <= as_of_month() AND as_of_month() < s.before_month
),
team_regions AS (
    SELECT team, region, row_number() OVER (PARTITION BY team ORDER BY count(*) DESC, region) AS nth
    FROM places
    WHERE team IS NOT NULL AND region IS NOT NULL
    GROUP BY team, region
),
parents AS (
    SELECT u.scope, u.of,
           CASE WHEN r.parent IS NULL THEN 'company' ELSE 'region' END AS parent_scope,
           coalesce(r.parent, 'company') AS parent_of
    FROM units AS u
    LEFT JOIN region_parents AS r ON r.region = u.of
    WHERE u.scope = 'region'
    UNION ALL
    SELECT u.scope, u.of, CASE WHEN t.region IS NULL THEN 'company' ELSE 'region' END,
           coalesce(t.region, 'company')
    FROM units AS u
    LEFT JOIN team_regions AS t ON t.team = u.of AND t.nth = 1
    WHERE u.scope = 'team'
    UNION ALL
    SELECT u.scope, u.of,
           CASE WHEN t.of IS NOT NULL THEN 'team' WHEN p.region IS NOT NULL THEN 'region' ELSE 'company' END,
           coalesce(t.of, p.region, 'company')
    FROM units AS u
    LEFT JOIN places AS p ON p.person = u.of
    LEFT JOIN units AS t ON t.scope = 'team' AND t.of = p.team
    WHERE u.scope = 'person'
),
called AS MATERIALIZED ( -- few: most names are those of customers
    SELECT kind, key, name FROM names WHERE kind IN ('person', 'region')
),
plain AS (
    SELECT p.scope, p.of, p.parent_scope, p.parent_of, coalesce(n.name, p.of) AS name
    FROM parents AS p
    LEFT JOIN called AS n ON n.kind = p.scope AND n.key = p.of
),
-- Units of one name below the same one are told apart: regions by their keys, a region from a team by what they are.
named AS (
    SELECT scope, of, parent_scope, parent_of,
           CASE WHEN count(*) OVER (PARTITION BY parent_scope, parent_of, name) = 1 THEN name
                WHEN count(*) OVER (PARTITION BY parent_scope, parent_of, name, scope) > 1
                THEN concat(name, ' (', of, ')')
                ELSE concat(name, ' (', lower(t(CASE scope WHEN 'region' THEN 'Region' WHEN 'team' THEN 'Team'
                                                            ELSE 'Person' END)), ')') END AS name
    FROM plain
),
tree(scope, of, parent_scope, parent_of, name, depth, path) AS (
    SELECT 'company', 'company', NULL, NULL, t('Company'), 0, ''
    UNION ALL
    SELECT n.scope, n.of, n.parent_scope, n.parent_of, n.name, r.depth + 1,
           concat(r.path, char(31), CASE n.scope WHEN 'region' THEN 1 WHEN 'team' THEN 2 ELSE 3 END, n.name,
                  char(30), n.of)
    FROM named AS n
    JOIN tree AS r ON r.scope = n.parent_scope AND r.of = n.parent_of
)
SELECT scope, of, parent_scope, parent_of, name, depth, path,
       replace(substr('........', 1, 2 * depth), '.', char(8195)) AS indent
FROM tree;

-- ---- reconciliation: do the parts make the whole ----

-- Targets by unit and period of the tree, from the running fiscal year on: for years before it the tree lacks
-- those who have left. Where a unit has no target for a year or quarter of which another has one, but one
-- for each of its months (of a person those of the employment) or quarters, their sum: own = 0.
CREATE VIEW targets_units_amounts AS
WITH own AS MATERIALIZED (
    SELECT t.period, t.grain, t.first, t.last, t.state, t.kind, t.scope, t.of, r.parent_scope, r.parent_of, t.amount
    FROM targets_whole AS t
    JOIN targets_tree AS r ON r.scope = t.scope AND r.of = t.of
    WHERE t.last >= period_first(fiscal_year(as_of_month()))
),
wanted AS (
    SELECT DISTINCT period, grain, first, last, state, kind FROM own WHERE grain IN ('year', 'quarter')
),
parts AS (
    SELECT w.period, w.grain, w.first, w.last, w.state, w.kind, p.scope, p.of, p.parent_scope, p.parent_of,
           p.grain AS below, count(*) AS parts, sum(p.amount) AS amount
    FROM wanted AS w
    JOIN own AS p
      ON p.kind = w.kind AND p.state = w.state AND p.first >= w.first AND p.last <= w.last
     AND (p.grain = 'month' OR (p.grain = 'quarter' AND w.grain = 'year'))
    GROUP BY w.period, w.grain, w.first, w.last, w.state, w.kind, p.scope, p.of, p.parent_scope, p.parent_of, p.grain
),
summed AS (
    SELECT s.period, s.grain, s.first, s.last, s.state, s.kind, s.scope, s.of, s.parent_scope, s.parent_of, s.amount,
           row_number() OVER (PARTITION BY s.period, s.state, s.kind, s.scope, s.of ORDER BY s.below) AS nth
    FROM parts AS s
    LEFT JOIN people AS h ON s.scope = 'person' AND h.person = s.of
    LEFT JOIN own AS o
           ON o.period = s.period AND o.state = s.state AND o.kind = s.kind AND o.scope = s.scope AND o.of = s.of
    WHERE o.period IS NULL
      AND s.parts >= CASE s.below
                     WHEN 'quarter' THEN 4
                     ELSE months_between(max(month(s.first), coalesce(month(h.hired), month(s.first))),
                                         min(month(s.last), coalesce(month(h.left), month(s.last)))) + 1 END
)
SELECT period, grain, first, last, state, kind, scope, of, parent_scope, parent_of, amount, 1 AS own FROM own
UNION ALL
SELECT period, grain, first, last, state, kind, scope, of, parent_scope, parent_of, amount, 0 FROM summed WHERE nth = 1;

-- Targets of a unit against the sum of the units right below it, in the same period, kind and state.
-- target_difference = sum of the parts − own target, exact; NULL where one side has none, and no longer period
-- around it has both.
CREATE VIEW targets_units_reconciled AS
WITH below AS (
    SELECT period, grain, first, last, state, kind, parent_scope AS scope, parent_of AS of, count(*) AS parts,
           sum(own) AS own, sum(amount) AS amount
    FROM targets_units_amounts
    WHERE parent_scope IS NOT NULL
    GROUP BY period, grain, first, last, state, kind, parent_scope, parent_of
),
inner_units AS (
    SELECT DISTINCT parent_scope AS scope, parent_of AS of FROM targets_tree WHERE parent_scope IS NOT NULL
),
sides AS (
    SELECT a.period, a.grain, a.first, a.last, a.state, a.kind, a.scope, a.of, coalesce(b.parts, 0) AS parts,
           a.amount AS parent_amount, b.amount AS children_amount
    FROM targets_units_amounts AS a
    JOIN inner_units AS i ON i.scope = a.scope AND i.of = a.of
    LEFT JOIN below AS b
           ON b.period = a.period AND b.state = a.state AND b.kind = a.kind AND b.scope = a.scope AND b.of = a.of
    WHERE a.own = 1 OR b.own > 0
    UNION ALL
    SELECT b.period, b.grain, b.first, b.last, b.state, b.kind, b.scope, b.of, b.parts, NULL, b.amount
    FROM below AS b
    LEFT JOIN targets_units_amounts AS a
           ON a.period = b.period AND a.state = b.state AND a.kind = b.kind AND a.scope = b.scope AND a.of = b.of
    WHERE a.period IS NULL AND b.own > 0
),
both AS (
    SELECT period, grain, first, last, state, kind, scope, of
    FROM sides
    WHERE grain IN ('year', 'quarter') AND parent_amount IS NOT NULL AND children_amount IS NOT NULL
)
SELECT s.period, s.grain, s.last, s.state, s.kind, s.scope, s.of, s.parts, s.parent_amount, s.children_amount,
       s.children_amount - s.parent_amount AS target_difference
FROM sides AS s
WHERE (s.parent_amount IS NOT NULL AND s.children_amount IS NOT NULL)
   OR NOT EXISTS (SELECT 1 FROM both AS l
                  WHERE l.scope = s.scope AND l.of = s.of AND l.kind = s.kind AND l.state = s.state
                    AND l.first <= s.first AND l.last >= s.last);

-- Targets of a year against the sum of its quarters and of its months, of a quarter against its
-- months. target_difference = sum of the parts − own target, where all parts are there or they
-- exceed it; NULL where parts are missing: what is left is then shared out over them.
CREATE VIEW targets_periods_reconciled AS
WITH wholes AS (
    SELECT period, grain, first, last, state, kind, scope, of, amount
    FROM targets_whole
    WHERE grain IN ('year', 'quarter')
),
sums AS (
    SELECT w.period, w.grain, w.last, w.state, w.kind, w.scope, w.of, w.amount, p.grain AS below,
           count(*) AS parts, sum(p.amount) AS parts_amount
    FROM wholes AS w
    JOIN targets_whole AS p
      ON p.scope = w.scope AND p.of = w.of AND p.kind = w.kind AND p.state = w.state
     AND p.first >= w.first AND p.last <= w.last
     AND (p.grain = 'month' OR (p.grain = 'quarter' AND w.grain = 'year'))
    GROUP BY w.period, w.grain, w.last, w.state, w.kind, w.scope, w.of, w.amount, p.grain
)
SELECT period, grain, last, state, kind, scope, of, below, parts, amount AS parent_amount,
       parts_amount AS children_amount,
       CASE WHEN parts_amount > amount
              OR parts = CASE WHEN below = 'quarter' THEN 4 WHEN grain = 'year' THEN 12 ELSE 3 END
            THEN parts_amount - amount END AS target_difference
FROM sums;

-- ---- plans beside the same period of the years before ----

-- The running and the next month, quarter and year, by scope and kind: the plan (agreed, else
-- proposed), and what was reached in the same period one and two years before: NULL where the period
-- began before the kind was counted. partial: the period before is not over. plan_growth = target ÷ the
-- year before − 1: NULL where that is not whole, as for a person who came in the middle of it.
CREATE VIEW targets_plans AS
WITH periods AS (
    SELECT 1 AS seq, as_of_month() AS period, 'month' AS grain
    UNION ALL SELECT 2, add_months(as_of_month(), 1), 'month'
    UNION ALL SELECT 3, fiscal_quarter(as_of_month()), 'quarter'
    UNION ALL SELECT 4, fiscal_quarter(add_months(as_of_month(), 3)), 'quarter'
    UNION ALL SELECT 5, fiscal_year(as_of_month()), 'year'
    UNION ALL SELECT 6, fiscal_year(add_months(as_of_month(), 12)), 'year'
),
months AS (
    SELECT seq, period, grain, month(period_first(period)) AS first, month(period_last(period)) AS last FROM periods
),
-- The last month that is over, and since when each kind is counted: `zero` where a month without is 0.
over AS (
    SELECT CASE WHEN gone = working_days THEN month ELSE add_months(month, -1) END AS month
    FROM calendar
    WHERE month = as_of_month()
),
counted AS (
    SELECT kind, month, 1 AS zero FROM targets_known_since
    UNION ALL
    SELECT a.kind, min(a.month), 0
    FROM targets_actuals AS a
    WHERE a.kind NOT IN (SELECT k.kind FROM targets_known_since AS k)
    GROUP BY a.kind
),
spans AS MATERIALIZED (
    SELECT m.seq, m.period, m.grain, m.first, m.last,
           add_months(m.first, -12) AS first_1, add_months(m.last, -12) AS last_1,
           add_months(m.first, -24) AS first_2, add_months(m.last, -24) AS last_2,
           add_months(m.last, -12) > o.month AS partial
    FROM months AS m
    JOIN over AS o
),
subjects AS (
    SELECT scope, of, kind FROM targets_whole
    UNION
    SELECT scope, of, kind FROM targets_by_scope
),
-- Added up for one unit and period at a time: both tables find the months of a unit and kind by their index.
sums AS MATERIALIZED (
    SELECT s.scope, s.of, s.kind, p.seq, p.period, p.grain, p.partial, c.zero,
           p.first_1 >= c.month AS known_1, p.first_2 >= c.month AS known_2,
           coalesce(month(h.hired) <= p.first_1, 1) AS here_1, coalesce(month(h.hired) <= p.first_2, 1) AS here_2,
           (SELECT sum(t.amount) FROM targets_by_scope AS t
            WHERE t.scope = s.scope AND t.of = s.of AND t.kind = s.kind
              AND t.month >= p.first AND t.month <= p.last) AS amount,
           (SELECT sum(a.value) FROM targets_actuals AS a
            WHERE a.scope = s.scope AND a.of = s.of AND a.kind = s.kind
              AND a.month >= p.first_1 AND a.month <= p.last_1) AS value_1,
           (SELECT sum(a.value) FROM targets_actuals AS a
            WHERE a.scope = s.scope AND a.of = s.of AND a.kind = s.kind
              AND a.month >= p.first_2 AND a.month <= p.last_2) AS value_2
    FROM subjects AS s
    JOIN spans AS p
    LEFT JOIN counted AS c ON c.kind = s.kind
    LEFT JOIN people AS h ON s.scope = 'person' AND h.person = s.of
),
known AS (
    SELECT scope, of, kind, seq, period, grain, partial, amount, here_1,
           CASE WHEN known_1 THEN coalesce(value_1, CASE WHEN zero AND here_1 THEN 0 END) END AS year_before,
           CASE WHEN known_2 THEN coalesce(value_2, CASE WHEN zero AND here_2 THEN 0 END) END AS two_years_before
    FROM sums
)
SELECT s.scope, s.of, s.kind, s.seq, s.period, s.grain,
       coalesce(a.amount, q.amount, s.amount) AS target,
       CASE WHEN a.amount IS NOT NULL THEN 'agreed' WHEN q.amount IS NOT NULL THEN 'proposed'
            WHEN s.amount IS NOT NULL THEN 'summed' END AS state,
       s.year_before, s.partial, s.two_years_before,
       CASE WHEN s.here_1 AND NOT s.partial
            THEN ratio(coalesce(a.amount, q.amount, s.amount), s.year_before) - 1 END AS plan_growth
FROM known AS s
LEFT JOIN targets_whole AS a
       ON a.period = s.period AND a.scope = s.scope AND a.of = s.of AND a.kind = s.kind AND a.state = 'agreed'
LEFT JOIN targets_whole AS q
       ON q.period = s.period AND q.scope = s.scope AND q.of = s.of AND q.kind = s.kind
      AND q.state = 'proposed';

-- ---- decomposition: a year's target of revenue over people and months ----

-- The year that is split: the last fiscal year for which the company or a region has a year target; NULL where
-- that is over.
CREATE VIEW targets_split_year AS
SELECT max(period) AS year
FROM targets_whole
WHERE grain = 'year' AND kind = 'revenue' AND scope IN ('company', 'region')
  AND last >= period_first(fiscal_year(as_of_month()));

-- What is split over whom: each region's target over the people for whom it is the nearest region
-- with one, what the company's target has beyond the regions' over the others. A year has a
-- proposed target only where none is agreed.
CREATE VIEW targets_pools AS
WITH goals AS (
    SELECT t.scope, t.of, t.amount,
           row_number() OVER (PARTITION BY t.scope, t.of ORDER BY t.state) AS nth
    FROM targets_whole AS t
    JOIN targets_split_year AS y ON y.year = t.period
    WHERE t.kind = 'revenue' AND t.scope IN ('company', 'region')
),
regions_first AS (
    SELECT g.of, g.amount
    FROM goals AS g
    WHERE g.nth = 1 AND g.scope = 'region'
      AND NOT EXISTS (SELECT 1 FROM regions_within AS w
                      JOIN goals AS o ON o.scope = 'region' AND o.of = w.within
                      WHERE w.region = g.of AND w.within <> g.of)
)
SELECT 'region' AS scope, of, amount FROM regions_first
UNION ALL
SELECT 'company', 'company', g.amount - coalesce((SELECT sum(amount) FROM regions_first), 0)
FROM goals AS g
WHERE g.nth = 1 AND g.scope = 'company'
  AND g.amount > coalesce((SELECT sum(amount) FROM regions_first), 0);

-- Basis of the split: for each calendar month of the year that is split, each person's revenue in
-- the latest such month that is over. Taking part: people who have not left and have sold in these
-- months or have a target this year. One whose twelve months are less than a quarter of the median
-- person's (new people) gets that floor, spread as the whole department sells over the year. Money.
CREATE VIEW targets_split_weights AS
WITH over AS (
    SELECT CASE WHEN gone = working_days THEN month ELSE add_months(month, -1) END AS month
    FROM calendar
    WHERE month = as_of_month()
),
year_months AS (
    SELECT c.month, (SELECT max(h.month) FROM calendar AS h, over AS o
                     WHERE h.month <= o.month AND substr(h.month, 6) = substr(c.month, 6)) AS history_month
    FROM calendar AS c
    JOIN targets_split_year AS y ON y.year = c.year
),
people_in AS (
    SELECT p.person,
           coalesce((SELECT o.of FROM person_scopes AS s
                     JOIN targets_pools AS o ON o.scope = 'region' AND o.of = s.of
                     WHERE s.person = p.person AND s.scope = 'region' AND s.before_month = '9999-99'
                     ORDER BY o.of LIMIT 1), 'company') AS pool
    FROM people AS p
    WHERE (p.left IS NULL OR p.left > as_of())
      AND (EXISTS (SELECT 1 FROM targets_whole AS t
                   WHERE t.scope = 'person' AND t.of = p.person AND t.kind = 'revenue'
                     AND t.last >= period_first(fiscal_year(as_of_month())))
           OR EXISTS (SELECT 1 FROM year_months AS m
                      JOIN revenue_by_month AS r
                        ON r.scope = 'person' AND r.of = p.person AND r.month = m.history_month
                      WHERE r.revenue > 0))
),
history AS (
    SELECT p.person, p.pool, m.month, max(coalesce(r.revenue, 0), 0) AS revenue
    FROM people_in AS p
    JOIN year_months AS m
    LEFT JOIN revenue_by_month AS r ON r.scope = 'person' AND r.of = p.person AND r.month = m.history_month
),
totals AS (
    SELECT person, pool, sum(revenue) AS revenue FROM history GROUP BY person, pool
),
floors AS (
    SELECT CAST(round(median(revenue) / 4.0) AS INTEGER) AS floor FROM totals WHERE revenue > 0
),
season AS (
    SELECT month, sum(revenue) AS revenue, sum(sum(revenue)) OVER () AS whole FROM history GROUP BY month
)
SELECT h.person, h.pool, h.month, h.revenue AS history,
       CASE WHEN t.revenue < f.floor THEN CAST(round(ratio(1.0 * f.floor * s.revenue, s.whole)) AS INTEGER)
            ELSE h.revenue END AS weight,
       CASE WHEN t.revenue < f.floor THEN 1 ELSE 0 END AS by_floor
FROM history AS h
JOIN totals AS t ON t.person = h.person
JOIN floors AS f
JOIN season AS s ON s.month = h.month;

-- The proposal: each pool's amount by these weights, by largest remainder, so that the parts make
-- exactly the whole of the pools in which anybody takes part.
CREATE VIEW targets_proposal AS
WITH shared AS (
    SELECT w.pool, share_out(p.amount, w.weight, concat(w.month, ' ', w.person)) AS parts
    FROM targets_split_weights AS w
    JOIN targets_pools AS p ON p.of = w.pool
    GROUP BY w.pool
),
-- Each text of parts is read once, not once for each part.
parts AS MATERIALIZED (
    SELECT s.pool, j.key AS part, j.value AS amount
    FROM shared AS s
    JOIN json_each(s.parts) AS j
)
SELECT w.month AS period, 'person' AS scope, w.person AS of, 'revenue' AS kind, p.amount,
       'proposed' AS state, w.pool, w.history, w.by_floor
FROM targets_split_weights AS w
LEFT JOIN parts AS p ON p.pool = w.pool AND p.part = concat(w.month, ' ', w.person)
WHERE w.pool IN (SELECT s.pool FROM shared AS s);

-- What the proposal leaves over: pools for whom nobody takes part, as a region in which nobody sells, and
-- what the company's target has beyond the regions' where all people belong to one of these. Money.
CREATE VIEW targets_unsplit AS
SELECT p.scope, p.of, p.amount,
       CASE p.scope WHEN 'region' THEN coalesce(r.name, p.of) ELSE t('the company beyond its regions') END AS name
FROM targets_pools AS p
LEFT JOIN regions AS r ON p.scope = 'region' AND r.region = p.of
WHERE p.amount > 0 AND NOT EXISTS (SELECT 1 FROM targets_split_weights AS w WHERE w.pool = p.of);

-- ---- what the whole reads ----

-- A unit's owner and the page that tells of it.
CREATE VIEW targets_units AS
WITH heads AS (
    SELECT p.team, p.manager, row_number() OVER (PARTITION BY p.team ORDER BY count(*) DESC, p.manager) AS nth
    FROM people AS p
    WHERE p.team IS NOT NULL AND p.manager IS NOT NULL
    GROUP BY p.team, p.manager
)
SELECT r.scope, r.of, r.name, r.depth, r.path, r.indent,
       CASE r.scope WHEN 'person' THEN r.of WHEN 'region' THEN o.owner WHEN 'team' THEN h.manager
            ELSE c.owner END AS owner,
       CASE r.scope WHEN 'person' THEN 'person' WHEN 'region' THEN 'region' ELSE 'targets' END AS page,
       CASE WHEN r.scope IN ('person', 'region') THEN r.of END AS key
FROM targets_tree AS r
LEFT JOIN region_owners AS o ON r.scope = 'region' AND o.region = r.of
LEFT JOIN heads AS h ON r.scope = 'team' AND h.team = r.of AND h.nth = 1
LEFT JOIN company_owner AS c ON r.scope = 'company';

-- What follows from the figures, in sentences, by scope: of the month, whose share of the
-- difference is largest right below, then the year, then what it takes. A difference within 0.5 %
-- is "on plan".
CREATE VIEW targets_findings AS
WITH months AS (
    SELECT p.scope, p.of, p.period, p.actual, p.due, p.gap_to_date AS gap, p.to_plan,
           CASE WHEN p.working_days_left = 0 THEN 1 ELSE 0 END AS closed
    FROM targets_periods AS p
    LEFT JOIN people AS h ON p.scope = 'person' AND h.person = p.of
    WHERE p.kind = 'revenue' AND p.grain = 'month' AND p.due > 0
      AND (h.left IS NULL OR h.left >= month_first(p.period))
),
several AS (
    SELECT parent_scope, parent_of FROM targets_tree GROUP BY parent_scope, parent_of HAVING count(*) > 1
),
-- Of several units right below, the one that is furthest to the same side.
leaders AS (
    SELECT r.parent_scope, r.parent_of, r.name, m.gap,
           row_number() OVER (PARTITION BY r.parent_scope, r.parent_of
                              ORDER BY CASE WHEN w.gap < 0 THEN m.gap ELSE -m.gap END, r.path) AS nth
    FROM targets_tree AS r
    JOIN months AS m ON m.scope = r.scope AND m.of = r.of
    JOIN months AS w ON w.scope = r.parent_scope AND w.of = r.parent_of
    JOIN several AS v ON v.parent_scope = r.parent_scope AND v.parent_of = r.parent_of
    WHERE (m.gap < 0) = (w.gap < 0)
),
years AS (
    SELECT scope, of, period, actual, due, gap_to_date AS gap, to_plan, target, required, daily, forecast,
           working_days_left
    FROM targets_periods
    WHERE kind = 'revenue' AND grain = 'year' AND due > 0
)
SELECT m.scope, m.of, 1 AS rank,
       concat(
           CASE WHEN abs(m.to_plan - 1) < 0.005
                THEN CASE m.closed WHEN 1 THEN t('{1} closed on plan.', month_text(m.period))
                                   ELSE t('{1} is on plan so far.', month_text(m.period)) END
                ELSE t(CASE WHEN m.closed AND m.gap < 0 THEN '{1} closed {2} below plan ({3}).'
                            WHEN m.closed THEN '{1} closed {2} above plan ({3}).'
                            WHEN m.gap < 0 THEN '{1} is {2} below plan so far ({3}).'
                            ELSE '{1} is {2} above plan so far ({3}).' END,
                       month_text(m.period), format(abs(m.to_plan - 1), 'percent1'),
                       format(m.gap, '+short_money')) END,
           CASE WHEN abs(m.to_plan - 1) < 0.005 OR l.name IS NULL THEN ''
                WHEN abs(l.gap) > abs(m.gap)
                THEN t(CASE WHEN m.gap < 0 THEN ' {1} alone lacks {2}.' ELSE ' {1} alone is {2} above.' END,
                       l.name, short_money(abs(l.gap)))
                ELSE t(CASE WHEN m.gap < 0 THEN ' {1} is {2} of the gap.'
                            ELSE ' {1} is {2} of what is above.' END,
                       l.name, percent(ratio(l.gap, m.gap))) END) AS text
FROM months AS m
LEFT JOIN leaders AS l ON l.parent_scope = m.scope AND l.parent_of = m.of AND l.nth = 1
UNION ALL
SELECT y.scope, y.of, 4,
       CASE WHEN abs(y.to_plan - 1) < 0.005
            THEN t('The year stands on plan, at {1}.', short_money(y.actual))
            ELSE t(CASE WHEN y.gap < 0 THEN 'The year stands at {1}, {2} below plan to date ({3}).'
                        ELSE 'The year stands at {1}, {2} above plan to date ({3}).' END,
                   short_money(y.actual), format(abs(y.to_plan - 1), 'percent1'),
                   format(y.gap, '+short_money')) END
FROM years AS y
UNION ALL
SELECT y.scope, y.of, 7,
       CASE WHEN y.required = 0
            THEN t('The target of the year, {1}, is reached.', short_money(y.target))
            ELSE t('Its target of {1} takes {2} on each of the {3} working {3:day|days} left; so far each brought {4}.',
                   short_money(y.target), short_money(y.required), y.working_days_left,
                   short_money(y.daily)) END
FROM years AS y
WHERE y.target > 0 AND y.required IS NOT NULL;

-- The same of the fiscal quarter and year, of company and regions: against the plan to date, of a period that is
-- over against the whole target, and whose share of the difference is largest right below; what the target still
-- takes; beside the quarter how the year stands.
CREATE VIEW targets_period_findings AS
WITH periods AS (
    SELECT scope, of, grain, target, required, daily, working_days_left,
           CASE working_days_left WHEN 0 THEN 1 ELSE 0 END AS over,
           CASE working_days_left WHEN 0 THEN gap ELSE gap_to_date END AS gap,
           CASE working_days_left WHEN 0 THEN attainment ELSE to_plan END AS to_plan
    FROM targets_periods
    WHERE kind = 'revenue' AND grain IN ('quarter', 'year') AND due > 0 AND target > 0
),
several AS (
    SELECT parent_scope, parent_of FROM targets_tree GROUP BY parent_scope, parent_of HAVING count(*) > 1
),
leaders AS (
    SELECT r.parent_scope, r.parent_of, c.grain, r.name, c.gap,
           row_number() OVER (PARTITION BY r.parent_scope, r.parent_of, c.grain
                              ORDER BY CASE WHEN w.gap < 0 THEN c.gap ELSE -c.gap END, r.path) AS nth
    FROM targets_tree AS r
    JOIN periods AS c ON c.scope = r.scope AND c.of = r.of
    JOIN periods AS w ON w.scope = r.parent_scope AND w.of = r.parent_of AND w.grain = c.grain
    JOIN several AS v ON v.parent_scope = r.parent_scope AND v.parent_of = r.parent_of
    WHERE (c.gap < 0) = (w.gap < 0)
)
SELECT p.scope, p.of, p.grain, 2 AS rank,
       concat(
           CASE WHEN abs(p.to_plan - 1) < 0.005
                THEN t(CASE p.over WHEN 1 THEN '{1} closed on plan.' ELSE '{1} is on plan so far.' END, n.subject)
                ELSE t(CASE WHEN p.over AND p.gap < 0 THEN '{1} closed {2} below plan ({3}).'
                            WHEN p.over THEN '{1} closed {2} above plan ({3}).'
                            WHEN p.gap < 0 THEN '{1} is {2} below plan so far ({3}).'
                            ELSE '{1} is {2} above plan so far ({3}).' END,
                       n.subject, format(abs(p.to_plan - 1), 'percent1'), format(p.gap, '+short_money')) END,
           CASE WHEN abs(p.to_plan - 1) < 0.005 OR l.name IS NULL THEN ''
                WHEN abs(l.gap) > abs(p.gap)
                THEN t(CASE WHEN p.gap < 0 THEN ' {1} alone lacks {2}.' ELSE ' {1} alone is {2} above.' END,
                       l.name, short_money(abs(l.gap)))
                ELSE t(CASE WHEN p.gap < 0 THEN ' {1} is {2} of the gap.'
                            ELSE ' {1} is {2} of what is above.' END,
                       l.name, percent(ratio(l.gap, p.gap))) END) AS text
FROM periods AS p
JOIN report_periods AS n ON n.grain = p.grain
LEFT JOIN leaders AS l ON l.parent_scope = p.scope AND l.parent_of = p.of AND l.grain = p.grain AND l.nth = 1
WHERE p.scope IN ('company', 'region')
UNION ALL
SELECT scope, of, grain, 5,
       CASE WHEN required = 0 AND grain = 'quarter'
            THEN t('The target of the quarter, {1}, is reached.', short_money(target))
            WHEN required = 0 THEN t('The target of the year, {1}, is reached.', short_money(target))
            ELSE t(CASE grain WHEN 'quarter'
                        THEN 'The target of the quarter, {1}, takes {2} on each of the {3} working {3:day|days} left; so far each brought {4}.'
                        ELSE 'The target of the year, {1}, takes {2} on each of the {3} working {3:day|days} left; so far each brought {4}.' END,
                   short_money(target), short_money(required), working_days_left, short_money(daily)) END
FROM periods
WHERE scope IN ('company', 'region') AND required IS NOT NULL AND working_days_left > 0
UNION ALL
SELECT scope, of, 'quarter', 9, text FROM targets_findings WHERE rank = 4 AND scope IN ('company', 'region');

-- From when on each has been behind the plan to date of the year, without a month of the year in between
-- that closed on it: the close of the first such month; in the running one its first day. Behind:
-- below 95 % of it, people 90 %, of collections 85 %, of what is not money 80 % and 2 short.
CREATE VIEW targets_behind AS
WITH standing AS (
    SELECT scope, of, kind, month, sum(coalesce(actual, 0)) OVER so_far AS actual,
           sum(target * is_known) OVER so_far AS due
    FROM targets_by_month
    WHERE year = fiscal_year(as_of_month()) AND month <= as_of_month() AND gone = working_days
    WINDOW so_far AS (PARTITION BY scope, of, kind ORDER BY month)
),
kept AS (
    SELECT scope, of, kind, max(month) AS month
    FROM standing
    WHERE due IS NULL
       OR actual >= due * CASE WHEN kind NOT IN ('revenue', 'collections') THEN 0.8 WHEN scope <> 'person' THEN 0.95
                               WHEN kind = 'revenue' THEN 0.9 ELSE 0.85 END
       OR (kind NOT IN ('revenue', 'collections') AND due - actual < 2)
    GROUP BY scope, of, kind
),
firsts AS (
    SELECT scope, of, kind, min(month) AS month
    FROM targets_by_month
    WHERE year = fiscal_year(as_of_month())
    GROUP BY scope, of, kind
)
SELECT f.scope, f.of, f.kind, CASE WHEN c.gone = c.working_days THEN c.closes ELSE c.first END AS since
FROM firsts AS f
LEFT JOIN kept AS k ON k.scope = f.scope AND k.of = f.of AND k.kind = f.kind
JOIN calendar AS c ON c.month = min(coalesce(add_months(k.month, 1), f.month), as_of_month());

-- Units at least 5 % behind their plan to date (people 10 %): of the year, and of a month that is
-- over, company and regions only; revenue, and people's other targets at least 20 %. Targets that
-- do not add up, from this month on. People who sell but have no target. cost: what is lacking.
CREATE VIEW targets_exceptions AS
SELECT concat('targets:year:', p.kind, ':', p.scope, ':', p.of) AS id,
       CASE WHEN p.scope = 'person' THEN CASE WHEN p.to_plan < 0.8 THEN 2 ELSE 3 END
            WHEN p.to_plan < 0.9 THEN 1 ELSE 2 END AS severity,
       -p.gap_to_date AS cost, u.owner,
       t('{1}: revenue of the year {2} behind plan to date', u.name, percent(1 - p.to_plan)) AS text,
       u.page, u.key, b.since
FROM targets_periods AS p
JOIN targets_units AS u ON u.scope = p.scope AND u.of = p.of
LEFT JOIN targets_behind AS b ON b.scope = p.scope AND b.of = p.of AND b.kind = p.kind
LEFT JOIN people AS h ON p.scope = 'person' AND h.person = p.of
WHERE p.kind = 'revenue' AND p.grain = 'year' AND p.scope <> 'team'
  AND p.to_plan < CASE p.scope WHEN 'person' THEN 0.9 ELSE 0.95 END
  AND (h.left IS NULL OR h.left > as_of())
UNION ALL
SELECT concat('targets:month:', p.scope, ':', p.of), CASE WHEN p.to_plan < 0.9 THEN 1 ELSE 2 END,
       -p.gap_to_date, u.owner,
       t('{1}: {2} closed {3} below its target', u.name, month_text(p.period), percent(1 - p.to_plan)),
       u.page, u.key, c.closes
FROM targets_periods AS p
JOIN targets_units AS u ON u.scope = p.scope AND u.of = p.of
JOIN calendar AS c ON c.month = p.period
WHERE p.kind = 'revenue' AND p.grain = 'month' AND p.working_days_left = 0
  AND p.scope IN ('company', 'region') AND p.to_plan < 0.95
UNION ALL
SELECT concat('targets:year:', p.kind, ':', p.of), 3, NULL, u.owner,
       t('{1}: {2} of {3} {4} planned to date', u.name, number(p.actual), number(p.due),
         replace(p.kind, '_', ' ')),
       u.page, u.key, b.since
FROM targets_periods AS p
JOIN targets_units AS u ON u.scope = p.scope AND u.of = p.of
LEFT JOIN targets_behind AS b ON b.scope = p.scope AND b.of = p.of AND b.kind = p.kind
LEFT JOIN people AS h ON h.person = p.of
WHERE p.scope = 'person' AND p.grain = 'year' AND p.kind NOT IN ('revenue', 'collections') AND p.to_plan < 0.8
  AND p.due - p.actual >= 2 AND (h.left IS NULL OR h.left > as_of())
UNION ALL
SELECT concat('targets:sum:', r.state, ':', r.kind, ':', r.period, ':', r.scope, ':', r.of), 2,
       CASE WHEN r.kind IN ('revenue', 'collections') THEN abs(r.target_difference) END, u.owner,
       t(CASE WHEN r.target_difference < 0
              THEN '{1}: target of {2} for {3} is {4} more than its parts together'
              ELSE '{1}: target of {2} for {3} is {4} less than its parts together' END,
         u.name, replace(r.kind, '_', ' '), r.period,
         CASE WHEN r.kind IN ('revenue', 'collections') THEN short_money(abs(r.target_difference))
              ELSE number(abs(r.target_difference)) END),
       'targets', NULL, period_first(r.period)
FROM targets_units_reconciled AS r
JOIN targets_units AS u ON u.scope = r.scope AND u.of = r.of
WHERE r.target_difference <> 0 AND r.last >= as_of()
  -- A quarter or month says nothing new where its year differs already.
  AND NOT EXISTS (SELECT 1 FROM targets_units_reconciled AS y
                  WHERE y.target_difference <> 0 AND y.grain = 'year' AND r.grain <> 'year'
                    AND y.scope = r.scope AND y.of = r.of AND y.kind = r.kind AND y.state = r.state
                    AND period_first(r.period) >= period_first(y.period) AND r.last <= y.last)
UNION ALL
SELECT concat('targets:periods:', r.state, ':', r.kind, ':', r.period, ':', r.below, ':', r.scope,
              ':', r.of), 3,
       CASE WHEN r.kind IN ('revenue', 'collections') THEN abs(r.target_difference) END, u.owner,
       t('{1}: target of {2} for {3} is not the sum of its {4}', u.name, replace(r.kind, '_', ' '), r.period,
         CASE r.below WHEN 'quarter' THEN t('quarters') ELSE t('months') END),
       'targets', NULL, period_first(r.period)
FROM targets_periods_reconciled AS r
JOIN targets_units AS u ON u.scope = r.scope AND u.of = r.of
WHERE r.target_difference <> 0 AND r.last >= as_of()
UNION ALL
SELECT concat('targets:none:', b.of), 3, sum(b.actual), coalesce(h.manager, h.person),
       t('{1} sells but has no target this year', n.name), 'person', b.of,
       period_first(fiscal_year(as_of_month()))
FROM targets_by_month AS b
JOIN people AS h ON h.person = b.of
JOIN people_names AS n ON n.person = b.of
WHERE b.scope = 'person' AND b.kind = 'revenue' AND b.year = fiscal_year(as_of_month())
  AND (h.left IS NULL OR h.left > as_of())
GROUP BY b.of, h.manager, h.person, n.name
HAVING count(b.target) = 0 AND sum(b.actual) > 0;

-- Each kind of target by person and month, and attainment of revenue: actual ÷ target of the month,
-- NULL without a target.
CREATE VIEW targets_measures AS
SELECT of AS person, month, kind AS measure, actual AS value
FROM targets_by_month
WHERE scope = 'person' AND actual IS NOT NULL
UNION ALL
SELECT of, month, 'attainment', ratio(actual, target)
FROM targets_by_month
WHERE scope = 'person' AND kind = 'revenue' AND actual IS NOT NULL AND target > 0;

-- The last working day of this month and of the three that follow, on which targets close.
CREATE VIEW targets_events AS
SELECT concat('targets-close-', c.month) AS uid, max(d.day) AS starts, max(d.day) AS ends, o.owner,
       t('Last working day of {1}', month_text(c.month)) AS title, 'targets' AS page, NULL AS key
FROM calendar AS c
JOIN days(month_first(as_of_month()), month_last(add_months(as_of_month(), 3))) AS d
  ON d.day >= c.first AND d.day <= c.last AND is_working_day(d.day)
LEFT JOIN company_owner AS o
GROUP BY c.month, o.owner;

-- Targets for a unit that does not exist, and of a company's target that names a unit.
CREATE VIEW targets_checks AS
SELECT 'error' AS severity, 'targets' AS tbl, t._row AS row,
       t('target for {1} {2}, which does not exist', t.scope, t.of) AS text,
       CASE t.scope WHEN 'person' THEN t('write the key that people.csv has for this person, or add them there')
                    WHEN 'region' THEN t('write the key that regions.csv has for this region, or add it there')
                    ELSE t('write the team as people.csv has it') END AS remedy
FROM targets AS t
LEFT JOIN people AS p ON t.scope = 'person' AND p.person = t.of
LEFT JOIN regions AS r ON t.scope = 'region' AND r.region = t.of
LEFT JOIN (SELECT DISTINCT team FROM person_spells WHERE team IS NOT NULL) AS g
       ON t.scope = 'team' AND g.team = t.of
WHERE t.scope <> 'company' AND p.person IS NULL AND r.region IS NULL AND g.team IS NULL
UNION ALL
SELECT 'warning', 'targets', _row, t('target of the company names {1}', of),
       t('leave column of empty for the company')
FROM targets
WHERE scope = 'company' AND of <> 'company';
