-- Targets: what was agreed, what was reached, how they fit together.

-- Targets with amounts in whole numbers: smallest units of the currency where the kind is money.
CREATE VIEW targets_whole AS
SELECT period, period_kind(period) AS grain, period_first(period) AS first, period_last(period) AS last,
       scope, of, kind, state,
       CASE WHEN kind IN ('revenue', 'collections') THEN smallest_units(amount)
            ELSE CAST(round(amount) AS INTEGER) END AS amount
FROM targets;

-- Agreed targets by month. A month's own row counts; where a quarter or a year has months without a
-- row, what is left of its amount is shared out over them by their working days, by largest remainder.
-- Whole numbers; from targets.csv and the calendar.
CREATE VIEW targets_agreed_months AS
WITH agreed AS (
    SELECT period, grain, scope, of, kind, amount FROM targets_whole WHERE state = 'agreed'
),
own AS (
    SELECT scope, of, kind, period AS month, amount FROM agreed WHERE grain = 'month'
),
quarters AS (
    SELECT q.scope, q.of, q.kind, q.period, q.amount, c.month, c.working_days, o.amount AS given
    FROM agreed AS q
    JOIN calendar AS c ON c.quarter = q.period
    LEFT JOIN own AS o ON o.scope = q.scope AND o.of = q.of AND o.kind = q.kind AND o.month = c.month
    WHERE q.grain = 'quarter'
),
quarter_rests AS (
    SELECT scope, of, kind, period, max(amount - coalesce(sum(given), 0), 0) AS rest
    FROM quarters
    GROUP BY scope, of, kind, period, amount
    HAVING count(given) < count(*)
),
quarter_parts AS (
    SELECT q.scope, q.of, q.kind, share_out(r.rest, q.working_days, q.month) AS parts
    FROM quarters AS q
    JOIN quarter_rests AS r ON r.scope = q.scope AND r.of = q.of AND r.kind = q.kind AND r.period = q.period
    WHERE q.given IS NULL
    GROUP BY q.scope, q.of, q.kind, q.period
),
known AS (
    SELECT scope, of, kind, month, amount FROM own
    UNION ALL
    SELECT p.scope, p.of, p.kind, j.key, j.value FROM quarter_parts AS p, json_each(p.parts) AS j
),
years AS (
    SELECT y.scope, y.of, y.kind, y.period, y.amount, c.month, c.working_days, k.amount AS given
    FROM agreed AS y
    JOIN calendar AS c ON c.year = y.period
    LEFT JOIN known AS k ON k.scope = y.scope AND k.of = y.of AND k.kind = y.kind AND k.month = c.month
    WHERE y.grain = 'year'
),
year_rests AS (
    SELECT scope, of, kind, period, max(amount - coalesce(sum(given), 0), 0) AS rest
    FROM years
    GROUP BY scope, of, kind, period, amount
    HAVING count(given) < count(*)
),
year_parts AS (
    SELECT y.scope, y.of, y.kind, share_out(r.rest, y.working_days, y.month) AS parts
    FROM years AS y
    JOIN year_rests AS r ON r.scope = y.scope AND r.of = y.of AND r.kind = y.kind AND r.period = y.period
    WHERE y.given IS NULL
    GROUP BY y.scope, y.of, y.kind, y.period
)
SELECT scope, of, kind, month, amount FROM known
UNION ALL
SELECT p.scope, p.of, p.kind, j.key, j.value FROM year_parts AS p, json_each(p.parts) AS j;

-- Targets by scope and month: the agreed one; where a company, region or team has none, the sum of those
-- of its people, for the company else of the regions; summed says so. NULL nowhere: no row, no target.
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

-- What was reached, by scope, kind and month; up_to_day is the part up to the as-of date's day of the
-- month, NULL where only whole months are counted (results.csv) and working days of this month are left.
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

-- Target, actual and the year before, for each month of the last fiscal year and this one. actual is
-- NULL in months to come and, but for revenue and new customers, in months without a result; before is the same month of the year before,
-- for the as-of month up to the same day, NULL before the first month of sales.
CREATE VIEW targets_by_month AS
WITH subjects AS (
    SELECT scope, of, kind FROM targets_by_scope
    UNION
    SELECT scope, of, kind FROM targets_actuals
),
months AS (
    SELECT month, working_days, gone, quarter, year
    FROM calendar
    WHERE year IN (fiscal_year(as_of_month()), fiscal_year(add_months(as_of_month(), -12)))
)
SELECT s.scope, s.of, s.kind, m.month, m.quarter, m.year, m.working_days, m.gone,
       t.amount AS target, coalesce(t.summed, 0) AS summed,
       CASE WHEN m.month > as_of_month() OR m.month < f.month THEN NULL
            WHEN s.kind IN ('revenue', 'new_customers') THEN coalesce(a.value, 0)
            ELSE a.value END AS actual,
       CASE WHEN add_months(m.month, -12) < f.month THEN NULL
            WHEN s.kind IN ('revenue', 'new_customers')
            THEN coalesce(CASE WHEN m.month = as_of_month() THEN b.up_to_day ELSE b.value END, 0)
            ELSE CASE WHEN m.month = as_of_month() THEN b.up_to_day ELSE b.value END END AS before,
       CASE WHEN add_months(m.month, -12) < f.month THEN NULL
            WHEN s.kind IN ('revenue', 'new_customers') THEN coalesce(b.value, 0)
            ELSE b.value END AS before_whole
FROM subjects AS s
JOIN months AS m
JOIN first_month_of_sales AS f
LEFT JOIN targets_by_scope AS t
       ON t.scope = s.scope AND t.of = s.of AND t.kind = s.kind AND t.month = m.month
LEFT JOIN targets_actuals AS a
       ON a.scope = s.scope AND a.of = s.of AND a.kind = s.kind AND a.month = m.month
LEFT JOIN targets_actuals AS b
       ON b.scope = s.scope AND b.of = s.of AND b.kind = s.kind AND b.month = add_months(m.month, -12);

-- The month, the fiscal quarter and the fiscal year of the as-of date, by scope and kind.
--   due        targets of the months gone, and of this month the part of its working days gone
--   attainment actual ÷ target                       NULL without a target
--   pace       actual ÷ (target × gone)              NULL without a target
--   forecast   actual ÷ gone                         NULL on the first day if it is no working day
--   required   (target − actual) ÷ working days left NULL when none are left, 0 when it is reached
--   growth     actual ÷ before − 1                   NULL where the year before is not known whole
CREATE VIEW targets_periods AS
WITH cells AS (
    SELECT 'month' AS grain, month AS period, scope, of, kind, month, working_days, gone, target, summed, actual,
           before, before_whole
    FROM targets_by_month
    WHERE month = as_of_month()
    UNION ALL
    SELECT 'quarter', quarter, scope, of, kind, month, working_days, gone, target, summed, actual, before,
           before_whole
    FROM targets_by_month
    WHERE quarter = fiscal_quarter(as_of_month())
    UNION ALL
    SELECT 'year', year, scope, of, kind, month, working_days, gone, target, summed, actual, before,
           before_whole
    FROM targets_by_month
    WHERE year = fiscal_year(as_of_month())
),
sums AS (
    SELECT grain, period, scope, of, kind, sum(target) AS month_targets, max(summed) AS summed,
           sum(actual) AS actual,
           CAST(round(sum(ratio(1.0 * target * gone, working_days))) AS INTEGER) AS due,
           CASE WHEN count(CASE WHEN month <= as_of_month() THEN before END)
                     = count(CASE WHEN month <= as_of_month() THEN 1 END)
                THEN sum(CASE WHEN month <= as_of_month() THEN before END) END AS before,
           CASE WHEN count(before_whole) = count(*) THEN sum(before_whole) END AS before_whole,
           sum(gone) AS days_gone, sum(working_days) AS working_days,
           ratio(sum(gone), sum(working_days)) AS gone
    FROM cells
    GROUP BY grain, period, scope, of, kind
),
whole AS (
    SELECT s.grain, s.period, s.scope, s.of, s.kind, s.summed, s.actual, s.due, s.before, s.before_whole,
           s.days_gone, s.working_days, s.gone, coalesce(t.amount, s.month_targets) AS target
    FROM sums AS s
    LEFT JOIN targets_whole AS t
           ON t.period = s.period AND t.scope = s.scope AND t.of = s.of AND t.kind = s.kind
          AND t.state = 'agreed'
)
SELECT grain, period, scope, of, kind, summed, target, actual, due, before AS before_actual, before_whole, gone,
       days_gone, working_days, working_days - days_gone AS working_days_left,
       actual - target AS gap, actual - due AS gap_to_date,
       ratio(actual, target) AS attainment,
       ratio(actual, due) AS to_plan,
       ratio(actual, target * gone) AS pace,
       CAST(round(ratio(actual, gone)) AS INTEGER) AS forecast,
       CAST(round(ratio(actual, days_gone)) AS INTEGER) AS daily,
       CASE WHEN actual >= target THEN 0
            ELSE CAST(round(ratio(target - actual, working_days - days_gone)) AS INTEGER) END AS required,
       ratio(actual, before) - 1 AS growth
FROM whole;

-- Key figures of each scope. Their target is the plan to date, for the forecast the year's target; before is
-- the same period of last year, for the forecast last year whole. series: the months so far.
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
WHERE p.kind = 'revenue' AND p.grain = 'month' AND p.actual IS NOT NULL
UNION ALL
SELECT p.scope, p.of, 2, 'revenue_year', p.actual, p.due, p.before_actual, m.series
FROM targets_periods AS p
LEFT JOIN months AS m ON m.scope = p.scope AND m.of = p.of
WHERE p.kind = 'revenue' AND p.grain = 'year' AND p.actual IS NOT NULL
UNION ALL
SELECT p.scope, p.of, 3, 'year_forecast', p.forecast, p.target, p.before_whole, NULL
FROM targets_periods AS p
JOIN plans AS y ON y.scope = p.scope AND y.of = p.of
WHERE p.kind = 'revenue' AND p.grain = 'year';

-- The start page's figures: those of the company, and how many of its people are on plan.
CREATE VIEW targets_figures AS
SELECT rank, name, value, target, before, series, 'targets' AS page, NULL AS key
FROM targets_scope_figures
WHERE scope = 'company'
UNION ALL
SELECT 12, 'people_on_plan', ratio(sum(CASE WHEN actual >= due THEN 1 ELSE 0 END), count(*)), NULL, NULL, NULL,
       'targets', NULL
FROM targets_periods
WHERE scope = 'person' AND kind = 'revenue' AND grain = 'year' AND due > 0
HAVING count(*) > 0;
