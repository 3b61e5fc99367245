-- Traffic: what the placements bring and what they cost. Days of traffic before a placement's start
-- or after its end count all the same; traffic_checks tells of them.

-- Days of a placement: how many in all, how many gone at the as-of date, and the part of its cost
-- that they stand for; measured: the part for the days since traffic is recorded at all, which
-- alone can be set against visitors; measured_year: of these the days of this month so far and the 11
-- before. Without an end or a start the whole cost counts at once. Those of one name are told apart by
-- their keys.
-- Money.
CREATE VIEW traffic_placements AS
WITH recorded AS (
    SELECT min(date) AS since FROM traffic
),
spans AS (
    SELECT placement,
           CASE WHEN count(*) OVER (PARTITION BY coalesce(name, placement)) = 1 THEN coalesce(name, placement)
                ELSE concat(coalesce(name, placement), ' (', placement, ')') END AS name,
           coalesce(medium, t('other')) AS medium, campaign, owner, starts, ends,
           coalesce(cost, 0) AS cost, days_between(starts, ends) + 1 AS days,
           max(min(days_between(starts, as_of()) + 1, days_between(starts, ends) + 1), 0) AS days_gone,
           max(days_between(starts, since), 0) AS days_unseen,
           max(days_between(max(starts, since, month_first(add_months(as_of_month(), -11))), min(ends, as_of())) + 1, 0)
               AS days_year
    FROM placements, recorded
)
SELECT placement, name, medium, campaign, owner, starts, ends, cost, days, days_gone,
       CASE WHEN days > 0 THEN CAST(round(cost * ratio(days_gone, days)) AS INTEGER) ELSE cost END AS spent,
       CASE WHEN days > 0 THEN CAST(round(cost * ratio(max(days_gone - days_unseen, 0), days)) AS INTEGER)
            ELSE cost END AS measured,
       CASE WHEN days > 0 THEN CAST(round(cost * ratio(days_year, days)) AS INTEGER) ELSE cost END AS measured_year,
       CASE WHEN (starts IS NULL OR starts <= as_of()) AND (ends IS NULL OR ends >= as_of()) THEN 1
            ELSE 0 END AS runs,
       days_between(as_of(), ends) AS days_left
FROM spans;

-- Cost of a placement in each month: its days in the month ÷ all its days × cost, so rounded that
-- the months add up to the cost; cost_to_day: of these days those up to the as-of date's day of the
-- month. Money; from its first month to the as-of date.
CREATE VIEW traffic_costs AS
WITH months_of AS (
    SELECT p.placement, p.cost, p.days, c.month,
           max(days_between(p.starts, max(p.starts, c.first)), 0) AS days_before,
           days_between(p.starts, min(p.ends, c.last, as_of())) + 1 AS days_after,
           days_between(p.starts, min(p.ends, c.last, add_days(c.first, days_between(month_first(as_of_month()), as_of())))) + 1
               AS days_to_day
    FROM traffic_placements AS p
    JOIN calendar AS c ON c.last >= p.starts AND c.first <= p.ends AND c.first <= as_of()
    WHERE p.cost > 0 AND p.days > 0
)
SELECT placement, month,
       CAST(round(cost * ratio(days_after, days)) AS INTEGER)
       - CAST(round(cost * ratio(days_before, days)) AS INTEGER) AS cost,
       CAST(round(cost * ratio(max(days_to_day, days_before), days)) AS INTEGER)
       - CAST(round(cost * ratio(days_before, days)) AS INTEGER) AS cost_to_day
FROM months_of;

-- Each placement and month: what came, and up to the as-of date's day of the month; with its cost.
CREATE VIEW traffic_by_month AS
WITH came AS (
    SELECT placement, month, sum(visitors) AS visitors, sum(pageviews) AS pageviews, sum(leads) AS leads,
           sum(orders) AS orders, sum(CASE WHEN to_date THEN visitors ELSE 0 END) AS visitors_to_day,
           sum(CASE WHEN to_date THEN leads ELSE 0 END) AS leads_to_day,
           sum(CASE WHEN to_date THEN orders ELSE 0 END) AS orders_to_day
    FROM traffic_by_placement_month
    GROUP BY placement, month
),
cells AS (
    SELECT placement, month FROM came
    UNION
    SELECT placement, month FROM traffic_costs
)
SELECT x.placement, p.medium, x.month, coalesce(c.visitors, 0) AS visitors,
       coalesce(c.pageviews, 0) AS pageviews,
       coalesce(c.leads, 0) AS leads, coalesce(c.orders, 0) AS orders,
       coalesce(c.visitors_to_day, 0) AS visitors_to_day, coalesce(c.leads_to_day, 0) AS leads_to_day,
       coalesce(c.orders_to_day, 0) AS orders_to_day, coalesce(k.cost, 0) AS cost,
       coalesce(k.cost_to_day, 0) AS cost_to_day
FROM cells AS x
JOIN traffic_placements AS p ON p.placement = x.placement
LEFT JOIN came AS c ON c.placement = x.placement AND c.month = x.month
LEFT JOIN traffic_costs AS k ON k.placement = x.placement AND k.month = x.month;

-- The whole by month. before: the same month of the year before, up to the same day for the running
-- one; NULL where there was no traffic yet.
CREATE VIEW traffic_totals AS
WITH sums AS (
    SELECT month, sum(visitors) AS visitors, sum(pageviews) AS pageviews, sum(leads) AS leads,
           sum(orders) AS orders,
           sum(visitors_to_day) AS visitors_to_day, sum(leads_to_day) AS leads_to_day,
           sum(orders_to_day) AS orders_to_day,
           sum(cost) AS cost, sum(cost_to_day) AS cost_to_day
    FROM traffic_by_month
    WHERE month >= (SELECT min(month) FROM traffic_by_placement_month)
    GROUP BY month
)
SELECT s.month, s.visitors, s.pageviews, s.leads, s.orders, s.visitors_to_day, s.leads_to_day, s.cost,
       CASE WHEN s.month = as_of_month() THEN b.visitors_to_day ELSE b.visitors END AS visitors_before,
       CASE WHEN s.month = as_of_month() THEN b.leads_to_day ELSE b.leads END AS leads_before,
       CASE WHEN s.month = as_of_month() THEN b.cost_to_day ELSE b.cost END AS cost_before,
       ratio(s.cost, s.leads) AS lead_cost
FROM sums AS s
LEFT JOIN sums AS b ON b.month = add_months(s.month, -12);

-- Each placement since its start, in the last 12 months, in the running month, and the month before
-- up to the same day.
--   cost per visitor, lead, order = cost since traffic is recorded ÷ those so far; NULL while there is none
--   contribution = change on the month before ÷ all visitors of the month before
--   idle days = days from the last visitor (without one from the start), to the last day of which
--   any placement has a row: what is not recorded yet is not known to be nothing
CREATE VIEW traffic_by_placement AS
WITH sums AS (
    SELECT placement, sum(visitors) AS visitors, sum(pageviews) AS pageviews, sum(leads) AS leads,
           sum(orders) AS orders,
           sum(CASE WHEN months_between(month, as_of_month()) <= 11
                    THEN visitors ELSE 0 END) AS visitors_year,
           sum(CASE WHEN months_between(month, as_of_month()) <= 11 THEN leads ELSE 0 END) AS leads_year,
           sum(CASE WHEN months_between(month, as_of_month()) <= 11 THEN orders ELSE 0 END) AS orders_year,
           sum(CASE WHEN month = as_of_month() THEN visitors ELSE 0 END) AS visitors_month,
           sum(CASE WHEN month = as_of_month() THEN leads ELSE 0 END) AS leads_month,
           sum(CASE WHEN month = as_of_month() THEN orders ELSE 0 END) AS orders_month,
           sum(CASE WHEN month = as_of_month() THEN cost ELSE 0 END) AS spent_month,
           sum(CASE WHEN month = add_months(as_of_month(), -1)
                    THEN visitors_to_day ELSE 0 END) AS visitors_before
    FROM traffic_by_month
    GROUP BY placement
),
whole AS (
    SELECT sum(visitors_year) AS visitors_year, sum(visitors_before) AS visitors_before FROM sums
),
last_seen AS (
    SELECT placement, max(date) AS date FROM traffic WHERE visitors > 0 GROUP BY placement
),
recorded AS (
    SELECT max(date) AS last FROM traffic
)
SELECT p.placement, p.name, p.medium, p.campaign, p.owner, p.starts, p.ends, p.cost, p.spent, p.measured,
       p.measured_year, p.runs, p.days_left,
       coalesce(s.visitors, 0) AS visitors, coalesce(s.pageviews, 0) AS pageviews,
       coalesce(s.leads, 0) AS leads,
       coalesce(s.orders, 0) AS orders, coalesce(s.visitors_year, 0) AS visitors_year,
       coalesce(s.leads_year, 0) AS leads_year, coalesce(s.orders_year, 0) AS orders_year,
       coalesce(s.visitors_month, 0) AS visitors_month, coalesce(s.leads_month, 0) AS leads_month,
       coalesce(s.orders_month, 0) AS orders_month, coalesce(s.spent_month, 0) AS spent_month,
       coalesce(s.visitors_before, 0) AS visitors_before,
       coalesce(s.visitors_month, 0) - coalesce(s.visitors_before, 0) AS change,
       ratio(coalesce(s.visitors_month, 0) - coalesce(s.visitors_before, 0),
             w.visitors_before) AS contribution,
       ratio(s.visitors_year, w.visitors_year) AS visitors_share,
       CAST(round(ratio(p.measured, s.visitors)) AS INTEGER) AS cost_per_visitor,
       CAST(round(ratio(p.measured, s.leads)) AS INTEGER) AS cost_per_lead,
       CAST(round(ratio(p.measured, s.orders)) AS INTEGER) AS cost_per_order,
       max(days_between(coalesce(l.date, p.starts), d.last), 0) AS idle_days, coalesce(l.date, p.starts) AS idle_since
FROM traffic_placements AS p
JOIN whole AS w
JOIN recorded AS d
LEFT JOIN sums AS s ON s.placement = p.placement
LEFT JOIN last_seen AS l ON l.placement = p.placement;

-- Each campaign in the last 12 months, all its placements together; one that had neither days nor
-- visitors in them is left out. campaign is NULL for the placements that belong to none.
--   visitors share = its visitors ÷ those of all placements
--   cost per visitor, lead, order = cost of the days of these months, as far as traffic is recorded ÷
--   the visitors, leads, orders of these months; NULL while there is none
CREATE VIEW traffic_by_campaign AS
SELECT campaign, sum(visitors_year) AS visitors_year,
       ratio(sum(visitors_year), sum(sum(visitors_year)) OVER ()) AS visitors_share,
       sum(leads_year) AS leads, sum(orders_year) AS customers, sum(measured_year) AS measured_year,
       CAST(round(ratio(sum(measured_year), sum(visitors_year))) AS INTEGER) AS visitor_cost_year,
       CAST(round(ratio(sum(measured_year), sum(leads_year))) AS INTEGER) AS lead_cost_year,
       CAST(round(ratio(sum(measured_year), sum(orders_year))) AS INTEGER) AS order_cost_year
FROM traffic_by_placement
GROUP BY campaign
HAVING sum(visitors_year) > 0 OR sum(measured_year) > 0;

-- Placements that run, are paid for, and have had no visitor for 14 days, or no lead in three whole
-- months of cost of which traffic is recorded. cost at stake: what is still to be paid off from today
-- to the end. One without an end has its cost in no month, and its months are those with traffic.
CREATE VIEW traffic_idle AS
WITH quarter AS (
    SELECT placement, sum(leads) AS leads, sum(visitors) AS visitors, sum(cost) AS cost, count(*) AS months
    FROM traffic_by_month
    WHERE months_between(month, as_of_month()) BETWEEN 0 AND 3
      AND month >= (SELECT min(r.month) FROM traffic_by_placement_month AS r)
    GROUP BY placement
)
SELECT p.placement, p.name, p.medium, p.owner, p.cost, p.spent, p.ends, p.idle_days, p.idle_since, coalesce(q.visitors, 0) AS visitors,
       coalesce(q.leads, 0) AS leads, coalesce(q.cost, 0) AS recent_cost,
       CASE WHEN p.idle_days >= 14 THEN 'visitors' ELSE 'leads' END AS lacks
FROM traffic_by_placement AS p
LEFT JOIN quarter AS q ON q.placement = p.placement
WHERE p.runs = 1 AND p.cost > 0 AND (p.idle_days >= 14 OR (q.leads = 0 AND q.months = 4));

-- Days of the last 31 on which a placement had far more or fewer visitors than on the same weekday
-- of the 12 weeks before: robust z = 0.6745 × (value − median) ÷ median absolute deviation, over
-- 3.5 either way (Iglewicz & Hoaglin, How to Detect and Handle Outliers, 1993). Needs 8 such days;
-- without any deviation among them there is no z. A day without a row is one without a visitor,
-- from the placement's first row to its last day, if any placement has a row of it: that a slot which
-- is over brings nobody is no news, and a day that no placement has a row of is not recorded yet.
CREATE VIEW traffic_anomalies AS
WITH begun AS (
    SELECT t.placement, p.ends, min(t.date) AS since
    FROM traffic AS t
    JOIN placements AS p ON p.placement = t.placement
    GROUP BY t.placement
),
weeks(n) AS (
    VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)
),
-- Medians one day at a time: each day before is found by the index of traffic, and none has to be sorted by placement.
usual AS MATERIALIZED (
    SELECT p.placement, p.since, d.day, coalesce(t.visitors, 0) AS visitors,
           (SELECT count(*) FROM weeks AS w WHERE add_days(d.day, -7 * w.n) >= p.since) AS n,
           (SELECT median(coalesce(o.visitors, 0))
            FROM weeks AS w
            LEFT JOIN traffic AS o ON o.placement = p.placement AND o.date = add_days(d.day, -7 * w.n)
            WHERE add_days(d.day, -7 * w.n) >= p.since) AS usual
    FROM begun AS p
    JOIN days(add_days(as_of(), -30), as_of()) AS d ON add_days(d.day, -7 * 8) >= p.since
    JOIN traffic_by_day AS r ON r.date = d.day
    LEFT JOIN traffic AS t ON t.placement = p.placement AND t.date = d.day
    WHERE t.date IS NOT NULL OR p.ends IS NULL OR d.day <= p.ends
),
scored AS MATERIALIZED (
    SELECT u.placement, u.day, u.visitors, u.usual, u.n,
           (SELECT median(abs(coalesce(o.visitors, 0) - u.usual))
            FROM weeks AS w
            LEFT JOIN traffic AS o ON o.placement = u.placement AND o.date = add_days(u.day, -7 * w.n)
            WHERE add_days(u.day, -7 * w.n) >= u.since) AS deviation
    FROM usual AS u
)
SELECT s.placement, p.name, p.medium, p.owner, s.day, s.visitors, s.usual, s.n,
       0.6745 * (s.visitors - s.usual) / nullif(s.deviation, 0) AS robust_z
FROM scored AS s
JOIN traffic_placements AS p ON p.placement = s.placement
WHERE s.deviation > 0 AND abs(0.6745 * (s.visitors - s.usual) / s.deviation) > 3.5;

-- The week: mean visitors of each weekday over the last 52 weeks, 1 Monday to 7 Sunday.
CREATE VIEW traffic_weekdays AS
SELECT weekday(date) AS nth,
       CASE weekday(date) WHEN 1 THEN t('Monday') WHEN 2 THEN t('Tuesday') WHEN 3 THEN t('Wednesday')
                          WHEN 4 THEN t('Thursday') WHEN 5 THEN t('Friday') WHEN 6 THEN t('Saturday')
                          ELSE t('Sunday') END AS weekday,
       avg(visitors) AS a_day, avg(leads) AS leads_a_day, count(*) AS days
FROM traffic_by_day
WHERE date > add_days(as_of(), -364)
GROUP BY weekday(date);

-- ---- what the whole reads ----

-- Key figures. before: the same month of the year before, up to the same day; of the cost of a lead
-- both cost and leads.
CREATE VIEW traffic_scope_figures AS
WITH trend AS (
    SELECT series(month, visitors) AS visitors, series(month, leads) AS leads,
           series(month, CAST(round(lead_cost) AS INTEGER)) AS lead_costs
    FROM traffic_totals
    WHERE month > add_months(as_of_month(), -13)
)
SELECT 'company' AS scope, 'company' AS of, 7 AS rank, 'visitors_month' AS name, t.visitors AS value,
       NULL AS target,
       t.visitors_before AS before, r.visitors AS series
FROM traffic_totals AS t, trend AS r
WHERE t.month = as_of_month()
UNION ALL
SELECT 'company', 'company', 8, 'leads_month', t.leads, NULL, t.leads_before, r.leads
FROM traffic_totals AS t, trend AS r
WHERE t.month = as_of_month()
UNION ALL
SELECT 'company', 'company', 9, 'lead_cost', CAST(round(t.lead_cost) AS INTEGER), NULL,
       CAST(round(ratio(t.cost_before, t.leads_before)) AS INTEGER), r.lead_costs
FROM traffic_totals AS t, trend AS r
WHERE t.month = as_of_month() AND t.lead_cost IS NOT NULL;

-- Of the fiscal quarter and year: the months so far. before: the same months of the year before, of the running one
-- up to the same day; NULL where traffic is not known from all of them.
CREATE VIEW traffic_periods AS
SELECT p.grain, sum(t.visitors) AS visitors, sum(t.leads) AS leads, ratio(sum(t.cost), sum(t.leads)) AS lead_cost,
       CASE WHEN count(t.visitors_before) = count(*) THEN sum(t.visitors_before) END AS visitors_before,
       CASE WHEN count(t.visitors_before) = count(*) THEN sum(t.leads_before) END AS leads_before,
       CASE WHEN count(t.visitors_before) = count(*) THEN ratio(sum(t.cost_before), sum(t.leads_before)) END AS lead_cost_before
FROM report_periods AS p
JOIN traffic_totals AS t ON t.month >= p.first AND t.month <= as_of_month()
GROUP BY p.grain;

CREATE VIEW traffic_period_figures AS
WITH trend AS (
    SELECT series(month, visitors) AS visitors, series(month, leads) AS leads,
           series(month, CAST(round(lead_cost) AS INTEGER)) AS lead_costs
    FROM traffic_totals
    WHERE month > add_months(as_of_month(), -13)
)
SELECT 'company' AS scope, 'company' AS of, s.grain, 7 AS rank, 'visitors' AS name, s.visitors AS value, NULL AS target,
       s.visitors_before AS before, r.visitors AS series
FROM traffic_periods AS s, trend AS r
UNION ALL
SELECT 'company', 'company', s.grain, 8, 'leads', s.leads, NULL, s.leads_before, r.leads
FROM traffic_periods AS s, trend AS r
UNION ALL
SELECT 'company', 'company', s.grain, 9, 'lead_cost_span', CAST(round(s.lead_cost) AS INTEGER), NULL,
       CAST(round(s.lead_cost_before) AS INTEGER), r.lead_costs
FROM traffic_periods AS s, trend AS r
WHERE s.lead_cost IS NOT NULL;

CREATE VIEW traffic_period_findings AS
SELECT 'company' AS scope, 'company' AS of, s.grain, 4 AS rank,
       concat(t(CASE s.visitors WHEN 0 THEN 'No visitor came in {2}' ELSE '{1} {1:visitor|visitors} came in {2}' END,
                s.visitors, p.span),
              CASE WHEN s.visitors = 0 THEN NULL
                   WHEN s.visitors = s.visitors_before THEN t(', as many as in the same period of last year')
                   WHEN s.visitors < s.visitors_before
                   THEN t(', {1} fewer than in the same period of last year', percent(1 - ratio(s.visitors, s.visitors_before)))
                   WHEN s.visitors_before > 0
                   THEN t(', {1} more than in the same period of last year', percent(ratio(s.visitors, s.visitors_before) - 1)) END,
              CASE WHEN s.lead_cost > 0
                   THEN t('; {1} {1:lead|leads} came of it, at {2} each', s.leads, short_money(CAST(round(s.lead_cost) AS INTEGER))) END,
              '.') AS text
FROM traffic_periods AS s
JOIN report_periods AS p ON p.grain = s.grain;

-- The start page's figures.
CREATE VIEW traffic_figures AS
SELECT rank, name, value, target, before, series, 'traffic' AS page, NULL AS key FROM traffic_scope_figures;

-- What follows from the figures, in sentences.
CREATE VIEW traffic_findings AS
WITH change AS (
    SELECT sum(visitors_month) AS now, sum(visitors_before) AS before,
           ratio(sum(visitors_month), sum(visitors_before)) - 1 AS growth
    FROM traffic_by_placement
),
leader AS (
    SELECT p.name, p.change, p.contribution
    FROM traffic_by_placement AS p, change AS c
    WHERE (p.change < 0) = (c.now < c.before) AND p.change <> 0
    ORDER BY abs(p.change) DESC, p.placement
    LIMIT 1
),
idle AS (
    SELECT count(*) AS n, min(name) AS name, sum(recent_cost) AS cost FROM traffic_idle
)
SELECT 'company' AS scope, 'company' AS of, 3 AS rank,
       concat(t(CASE WHEN c.now = c.before
                THEN '{1} {1:visitor|visitors} came in {2}, as many as up to the same day of the month before.'
                     WHEN c.growth < 0
                THEN '{1} {1:visitor|visitors} came in {2}, {3} fewer than up to the same day of the month before.'
                     ELSE '{1} {1:visitor|visitors} came in {2}, {3} more than up to the same day of the month before.' END,
                c.now, month_text(as_of_month()), percent(abs(c.growth))),
              CASE WHEN l.name IS NULL OR c.now = c.before THEN ''
                   ELSE t(CASE WHEN 2 * abs(l.change) > abs(c.now - c.before) THEN ' Most of it is {1}: {2}.'
                               ELSE ' The largest part of it is {1}: {2}.' END,
                          l.name, format(l.change, '+integer')) END) AS text
FROM change AS c
LEFT JOIN leader AS l
WHERE c.before > 0
UNION ALL
SELECT 'company', 'company', 6,
       t(CASE WHEN n = 1 AND cost > 0 THEN '{1} is paid for and brings nothing: {2} in four months.'
              WHEN n = 1 THEN '{1} is paid for and brings nothing.'
              WHEN cost > 0 THEN '{1} placements are paid for and bring nothing: {2} in four months.'
              ELSE '{1} placements are paid for and bring nothing.' END,
         CASE n WHEN 1 THEN name ELSE n END, short_money(cost))
FROM idle
WHERE n > 0;

-- Placements that bring nothing (at stake: what they still cost), others that end within 30 days,
-- and unusual days of the last week. Owner: who looks after the placement, else who answers for the
-- company.
CREATE VIEW traffic_exceptions AS
WITH found AS (
    SELECT placement, concat('traffic:idle:', placement) AS id, CASE WHEN cost - spent > 0 THEN 1 ELSE 2 END AS severity,
           cost - spent AS cost, owner,
           CASE WHEN lacks = 'visitors' AND ends IS NULL
                THEN t('{1}: no visitor for {2} {2:day|days}, paid for without an end', name, idle_days)
                WHEN lacks = 'visitors'
                THEN t('{1}: no visitor for {2} {2:day|days}, paid until {3}', name, idle_days, date_text(ends))
                ELSE t('{1}: {2} {2:visitor|visitors} and not one lead since {3}', name, visitors,
                       month_text(add_months(as_of_month(), -3))) END AS text,
           CASE lacks WHEN 'visitors' THEN add_days(idle_since, 14)
                ELSE month_first(add_months(as_of_month(), -3)) END AS since
    FROM traffic_idle
    UNION ALL
    SELECT placement, concat('traffic:ends:', placement), 2, cost, owner,
           t('{1} ends on {2}: prolong it or let it go?', name, date_text(ends)), add_days(ends, -30)
    FROM traffic_placements
    WHERE runs = 1 AND cost > 0 AND days_left BETWEEN 0 AND 30
      AND placement NOT IN (SELECT i.placement FROM traffic_idle AS i)
    UNION ALL
    SELECT placement, concat('traffic:unusual:', placement, ':', day), 3, NULL, owner,
           t('{1}: {2} {2:visitor|visitors} on {3}, usually {4}', name, visitors, date_text(day),
             CAST(round(usual) AS INTEGER)), day
    FROM traffic_anomalies
    WHERE day > add_days(as_of(), -7) AND abs(visitors - usual) >= 20
)
SELECT f.id, f.severity, f.cost, coalesce(f.owner, c.owner) AS owner, f.text, 'placement' AS page,
       f.placement AS key, f.since
FROM found AS f
LEFT JOIN company_owner AS c;

-- Leads by the month and by the person who looks after the placement.
CREATE VIEW traffic_measures AS
SELECT p.owner AS person, m.month, 'leads' AS measure, sum(m.leads) AS value
FROM traffic_by_month AS m
JOIN traffic_placements AS p ON p.placement = m.placement
WHERE p.owner IS NOT NULL
GROUP BY p.owner, m.month;

-- Last days of placements from the as-of date on.
CREATE VIEW traffic_events AS
SELECT concat('traffic-end-', placement) AS uid, ends AS starts, ends, owner, t('{1} ends', name) AS title,
       'placement' AS page, placement AS key
FROM traffic_placements
WHERE ends >= as_of();

-- Traffic outside the days of its placement, more leads than visitors or orders than leads, an end
-- before the start.
CREATE VIEW traffic_checks AS
SELECT 'warning' AS severity, 'traffic' AS tbl, t._row AS row,
       t('{1} has visitors on {2}, outside its days ({3} to {4})', t.placement, date_text(t.date),
         date_text(p.starts),
         date_text(p.ends)) AS text,
       t('correct the days of the placement, or the date') AS remedy
FROM traffic AS t
JOIN placements AS p ON p.placement = t.placement
WHERE t.visitors > 0 AND (t.date < p.starts OR t.date > p.ends)
UNION ALL
SELECT 'warning', 'traffic', _row, t('{1} has more leads than visitors on {2}', placement, date_text(date)),
       t('correct visitors or leads')
FROM traffic
WHERE leads > visitors
UNION ALL
SELECT 'error', 'placements', _row, t('{1} ends before it starts', placement), t('correct starts or ends')
FROM placements
WHERE ends < starts;
