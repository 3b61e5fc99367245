-- Visits: how many, to whom, what was promised at them. A visit is face to face; calls (kind phone)
-- are contacts, but no visits. direction out: we went or called; in: the customer did.

-- ---- how many ----

-- The first month of visits.csv; earlier ones are not known. No row in a book without visits.
CREATE VIEW visits_since AS
SELECT min(month) AS month FROM visits_month HAVING count(*) > 0;

-- Visits by scope and month; a person's count for their team and regions of that month. up_to_day,
-- calls_up_to_day: up to the as-of date's day of the month. Counts.
CREATE VIEW visits_by_month AS
WITH cells AS (
    SELECT month, person, sum(CASE WHEN kind <> 'phone' THEN records ELSE 0 END) AS visits,
           sum(CASE WHEN kind <> 'phone' AND to_date THEN records ELSE 0 END) AS up_to_day,
           sum(CASE kind WHEN 'first' THEN records ELSE 0 END) AS first_visits,
           sum(CASE kind WHEN 'return' THEN records ELSE 0 END) AS return_visits,
           sum(CASE kind WHEN 'joint' THEN records ELSE 0 END) AS joint_visits,
           sum(CASE kind WHEN 'phone' THEN records ELSE 0 END) AS calls,
           sum(CASE WHEN kind = 'phone' AND to_date THEN records ELSE 0 END) AS calls_up_to_day
    FROM visits_month
    GROUP BY month, person
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, month, visits, up_to_day, first_visits, return_visits,
           joint_visits, calls, calls_up_to_day
    FROM cells
    UNION ALL
    SELECT p.scope, p.of, c.month, c.visits, c.up_to_day, c.first_visits, c.return_visits, c.joint_visits, c.calls,
           c.calls_up_to_day
    FROM cells AS c
    JOIN person_scopes AS p ON p.person = c.person AND c.month >= p.from_month AND c.month < p.before_month
)
SELECT scope, of, month, sum(visits) AS visits, sum(up_to_day) AS up_to_day, sum(first_visits) AS first_visits,
       sum(return_visits) AS return_visits, sum(joint_visits) AS joint_visits, sum(calls) AS calls,
       sum(calls_up_to_day) AS calls_up_to_day
FROM scoped
GROUP BY scope, of, month;

-- The last 13 weeks, the running one up to the as-of date. visit_plan: the month's target × working
-- days of the week ÷ working days of the month, of a week over two months of both; NULL without a
-- target. A week without visits is 0 from the first one on that has any or a target, or from the
-- first of the 13 where there were visits before; a person's to the day on which they left. No row
-- for whom none of the 13 has either.
CREATE VIEW visits_by_week AS
WITH window_days AS (
    SELECT day, week(day) AS week, month(day) AS month, is_working_day(day) AS working
    FROM days(add_days(as_of(), -83 - weekday(as_of())), as_of())
),
week_days AS (
    SELECT week, month, count(*) AS days FROM window_days WHERE working GROUP BY week, month
),
weeks AS (
    SELECT week, min(day) AS starts, first_value(week) OVER (ORDER BY week) AS first_week,
           first_value(min(day)) OVER (ORDER BY week) AS first_day
    FROM window_days
    GROUP BY week
),
cells AS (
    SELECT week, month, person, sum(records) AS visits
    FROM visits_week
    WHERE kind <> 'phone'
    GROUP BY week, month, person
),
steps AS (
    SELECT 'company' AS scope, 'company' AS of, week, visits, NULL AS visit_plan FROM cells
    UNION ALL
    SELECT p.scope, p.of, c.week, c.visits, NULL
    FROM cells AS c
    JOIN person_scopes AS p ON p.person = c.person AND c.month >= p.from_month AND c.month < p.before_month
    UNION ALL
    SELECT t.scope, t.of, w.week, 0, ratio(1.0 * t.amount * w.days, c.working_days)
    FROM week_days AS w
    JOIN calendar AS c ON c.month = w.month
    JOIN targets_by_scope AS t ON t.month = w.month AND t.kind = 'visits'
),
beginnings AS (
    SELECT s.scope, s.of, min(s.week) AS week, max(s.week) AS last_week, min(b.month) AS month
    FROM steps AS s
    LEFT JOIN (SELECT scope, of, min(month) AS month FROM visits_by_month WHERE visits > 0 GROUP BY scope, of) AS b
           ON b.scope = s.scope AND b.of = s.of
    GROUP BY s.scope, s.of
),
filled AS (
    SELECT scope, of, week, visits, visit_plan FROM steps
    UNION ALL
    SELECT b.scope, b.of, w.week, 0, NULL
    FROM beginnings AS b
    JOIN weeks AS w ON b.last_week >= w.first_week AND (w.week >= b.week OR b.month < month(w.first_day))
    LEFT JOIN people AS p ON b.scope = 'person' AND p.person = b.of
    WHERE p.left IS NULL OR w.starts <= p.left
)
SELECT f.scope, f.of, f.week, w.starts, sum(f.visits) AS visits, sum(f.visit_plan) AS visit_plan
FROM filled AS f
JOIN weeks AS w ON w.week = f.week
GROUP BY f.scope, f.of, f.week, w.starts;

-- The same by person, of those who are here and have made visits: each of the weeks that anybody has, NULL
-- before their own first, so that weeks stand in their order whoever is drawn first.
CREATE VIEW visits_person_weeks AS
WITH weeks AS (
    SELECT DISTINCT week FROM visits_by_week
),
shown AS (
    SELECT DISTINCT w.of AS person
    FROM visits_by_week AS w
    JOIN visits_by_month AS m ON m.scope = 'person' AND m.of = w.of
    JOIN people AS p ON p.person = w.of AND (p.left IS NULL OR p.left > as_of())
    WHERE w.scope = 'person'
)
SELECT k.week, s.person, v.visits
FROM shown AS s
JOIN weeks AS k
LEFT JOIN visits_by_week AS v ON v.scope = 'person' AND v.of = s.person AND v.week = k.week;

-- The same weeks against their plan, of who is here, with or without a visit: gap = visits − plan, NULL
-- in a week without a target. planned_visits, visit_plan: sums over the weeks with one. No row for whom none has.
CREATE VIEW visits_person_plans AS
WITH weeks AS (
    SELECT w.of AS person, w.week, w.visit_plan, CASE WHEN w.visit_plan IS NOT NULL THEN w.visits END AS visits
    FROM visits_by_week AS w
    JOIN people AS p ON p.person = w.of AND (p.left IS NULL OR p.left > as_of())
    WHERE w.scope = 'person'
),
sums AS (
    SELECT person, sum(visits) AS visits, sum(visit_plan) AS visit_plan FROM weeks GROUP BY person
)
SELECT w.person, w.week, w.visits - w.visit_plan AS gap, s.visits AS planned_visits, s.visit_plan
FROM weeks AS w
JOIN sums AS s ON s.person = w.person AND s.visit_plan > 0;

-- This month by scope beside its target: of_plan = visits ÷ plan to date, NULL without a target. 0
-- visits where there is a target, or were visits in one of the two months before; a person who has
-- left only with visits.
CREATE VIEW visits_now AS
WITH known AS (
    SELECT scope, of FROM visits_by_month WHERE month >= add_months(as_of_month(), -2)
    UNION
    SELECT p.scope, p.of
    FROM targets_periods AS p
    JOIN visits_since AS s
    WHERE p.kind = 'visits' AND p.grain = 'month' AND p.due > 0
)
SELECT k.scope, k.of, coalesce(m.visits, 0) AS visits, coalesce(m.first_visits, 0) AS first_visits,
       coalesce(m.joint_visits, 0) AS joint_visits, coalesce(m.calls, 0) AS calls, b.up_to_day AS before,
       b.calls_up_to_day AS calls_before, p.due AS visit_plan, ratio(coalesce(m.visits, 0), p.due) AS of_visit_plan
FROM known AS k
LEFT JOIN visits_by_month AS m ON m.scope = k.scope AND m.of = k.of AND m.month = as_of_month()
LEFT JOIN targets_periods AS p
       ON p.scope = k.scope AND p.of = k.of AND p.kind = 'visits' AND p.grain = 'month' AND p.due > 0
LEFT JOIN visits_by_month AS b
       ON b.scope = k.scope AND b.of = k.of AND b.month = add_months(as_of_month(), -12)
LEFT JOIN people AS h ON k.scope = 'person' AND h.person = k.of
WHERE m.month IS NOT NULL OR h.left IS NULL OR h.left > as_of();

-- The last month that is over against what a person usually does: the median of the six months
-- before it, a month without visits among them as 0; from three on since their first. Only people who
-- are here; NULL nowhere.
CREATE VIEW visits_usual AS
WITH over AS (
    SELECT CASE WHEN gone = working_days THEN month ELSE add_months(month, -1) END AS month
    FROM calendar
    WHERE month = as_of_month()
),
firsts AS (
    SELECT of, min(month) AS month FROM visits_by_month WHERE scope = 'person' GROUP BY of
),
usual AS (
    SELECT f.of, median(coalesce(m.visits, 0)) AS visits
    FROM over AS o
    JOIN firsts AS f
    JOIN months(max(f.month, add_months(o.month, -6)), add_months(o.month, -1)) AS e
    LEFT JOIN visits_by_month AS m ON m.scope = 'person' AND m.of = f.of AND m.month = e.month
    GROUP BY f.of
    HAVING count(*) >= 3
)
SELECT u.of AS person, o.month, coalesce(m.visits, 0) AS visits, u.visits AS usual_visits
FROM usual AS u
JOIN over AS o
JOIN people AS p ON p.person = u.of AND (p.left IS NULL OR p.left > as_of())
LEFT JOIN visits_by_month AS m ON m.scope = 'person' AND m.of = u.of AND m.month = o.month;

-- ---- to whom ----

-- Each customer who is not lost, with the last visit and the last contact of any kind. state: in
-- time, late (longer ago than the wanted days of the tier) or never; NULL where the tier has no
-- wanted days, or a customer won within them has not been visited yet. place: region and person
-- together.
CREATE VIEW visits_customers AS
WITH lasts AS (
    SELECT customer, max(CASE WHEN kind <> 'phone' THEN max_date END) AS last_visit,
           max(max_date) AS latest_contact,
           sum(CASE WHEN kind = 'phone' THEN records ELSE 0 END) AS calls
    FROM visits_customer
    GROUP BY customer
),
known AS (
    SELECT c.customer, coalesce(c.name, c.customer) AS name, c.tier, c.status, c.source, c.since,
           c.owner AS person, coalesce(c.region, p.region) AS region, d.days AS wanted_days, l.last_visit,
           l.latest_contact, coalesce(l.calls, 0) AS calls,
           days_between(l.last_visit, as_of()) AS unvisited_days
    FROM customers AS c
    LEFT JOIN people AS p ON p.person = c.owner
    LEFT JOIN cadence AS d ON d.tier = c.tier
    LEFT JOIN lasts AS l ON l.customer = c.customer
    WHERE c.status IS NOT 'lost' AND EXISTS (SELECT 1 FROM visits_since)
)
SELECT customer, name, tier, status, source, since, person, region, concat(region, char(31), person) AS place,
       wanted_days, last_visit, latest_contact, calls, unvisited_days, unvisited_days - wanted_days AS over_wanted,
       CASE WHEN wanted_days IS NULL THEN NULL
            WHEN unvisited_days <= wanted_days THEN 'in time'
            WHEN last_visit IS NOT NULL THEN 'late'
            WHEN since > add_days(as_of(), -wanted_days) THEN NULL
            ELSE 'never' END AS state
FROM known;

-- Which customers count for a scope: all; a region's by where they lie; a person's by who looks
-- after them.
CREATE VIEW visits_scopes AS
WITH places AS (
    SELECT DISTINCT place, region, person FROM visits_customers
)
SELECT 'company' AS scope, 'company' AS of, place FROM places
UNION ALL
SELECT 'region', w.within, p.place
FROM places AS p
JOIN regions_within AS w ON w.region = p.region
UNION ALL
SELECT 'person', person, place FROM places WHERE person IS NOT NULL;

-- Customers by tier against the wanted frequency, by scope.
--   visit_coverage = in time ÷ (in time + late + never)
CREATE VIEW visits_tiers AS
WITH sums AS (
    SELECT place, tier, wanted_days, count(*) AS customers,
           count(CASE state WHEN 'in time' THEN 1 END) AS in_time, count(CASE state WHEN 'late' THEN 1 END) AS late,
           count(CASE state WHEN 'never' THEN 1 END) AS never
    FROM visits_customers
    WHERE state IS NOT NULL
    GROUP BY place, tier, wanted_days
)
SELECT s.scope, s.of, c.tier, c.wanted_days, sum(c.customers) AS cadence_customers,
       sum(c.in_time) AS visited_in_time, sum(c.late) AS visited_late, sum(c.never) AS never_visited,
       ratio(sum(c.in_time), sum(c.customers)) AS visit_coverage
FROM sums AS c
JOIN visits_scopes AS s ON s.place = c.place
GROUP BY s.scope, s.of, c.tier, c.wanted_days;

-- The same over all tiers. NULL nowhere: no row without a customer that counts.
CREATE VIEW visits_coverage AS
SELECT scope, of, sum(cadence_customers) AS cadence_customers, sum(visited_in_time) AS visited_in_time,
       sum(visited_late) AS visited_late, sum(never_visited) AS never_visited,
       ratio(sum(visited_in_time), sum(cadence_customers)) AS visit_coverage
FROM visits_tiers
GROUP BY scope, of;

-- Potential customers whom nobody has visited yet; calls do not count.
CREATE VIEW visits_unvisited AS
SELECT customer, name, tier, source, person, region, place, calls, latest_contact
FROM visits_customers
WHERE status = 'potential' AND last_visit IS NULL;

-- How many of the potential customers, by scope. newest: since when the last of those never visited is known.
CREATE VIEW visits_potentials AS
WITH sums AS (
    SELECT place, count(*) AS potentials, count(CASE WHEN last_visit IS NULL THEN 1 END) AS never_visited,
           max(CASE WHEN last_visit IS NULL THEN since END) AS newest
    FROM visits_customers
    WHERE status = 'potential'
    GROUP BY place
)
SELECT s.scope, s.of, sum(p.potentials) AS potentials, sum(p.never_visited) AS never_visited, max(p.newest) AS newest
FROM sums AS p
JOIN visits_scopes AS s ON s.place = p.place
GROUP BY s.scope, s.of;

-- ---- what was promised ----

-- Next steps still to be done: that of the latest contact with each customer, for any later contact
-- answers an earlier one. late_days: since its day, NULL while it has not come. owner: who acts for
-- who noted it. amount: of its deal while that is open. page, key: its deal or customer. Money.
CREATE VIEW visits_steps AS
WITH latest_days AS (
    SELECT customer, max(date) AS date FROM visits_recent GROUP BY customer
),
-- Of several contacts of one day the later row; bare columns come from the row of the maximum.
latest AS (
    SELECT v.customer, v.person, v.date, v.deal, v.next_step, v.next_date, max(v._row) AS visit_row
    FROM latest_days AS l
    JOIN visits_recent AS v ON v.customer = l.customer AND v.date = l.date
    GROUP BY v.customer
)
SELECT v.visit_row, v.customer, coalesce(c.name, v.customer) AS name, c.tier, v.person,
       coalesce(a.owner, b.owner) AS owner, coalesce(c.region, p.region) AS region, v.date, v.deal,
       coalesce(v.next_step, t('next contact')) AS next_step, v.next_date,
       CASE WHEN v.next_date < as_of() THEN days_between(v.next_date, as_of()) END AS late_days,
       CASE d.state WHEN 'open' THEN d.amount END AS amount,
       CASE WHEN d.state = 'open' THEN 'deal' WHEN g.customer IS NOT NULL THEN 'customer' ELSE 'person' END AS page,
       CASE WHEN d.state = 'open' THEN v.deal WHEN g.customer IS NOT NULL THEN v.customer
            ELSE coalesce(a.owner, b.owner) END AS key
FROM latest AS v
LEFT JOIN customers AS c ON c.customer = v.customer
LEFT JOIN people AS p ON p.person = v.person
LEFT JOIN acting_owners AS a ON a.person = v.person
LEFT JOIN company_owner AS b
LEFT JOIN funnel_deals AS d ON d.deal = v.deal
LEFT JOIN customer_pages AS g ON g.customer = v.customer
WHERE v.next_date IS NOT NULL AND c.status IS NOT 'lost';

-- Overdue ones by scope: company, region (of the customer), and who has to act.
CREATE VIEW visits_overdue AS
WITH late AS (
    SELECT owner, region, customer, name, next_step, next_date, amount FROM visits_steps WHERE late_days > 0
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, name, next_date, amount FROM late
    UNION ALL
    SELECT 'region', w.within, l.name, l.next_date, l.amount
    FROM late AS l
    JOIN regions_within AS w ON w.region = l.region
    UNION ALL
    SELECT 'person', owner, name, next_date, amount FROM late WHERE owner IS NOT NULL
),
placed AS (
    SELECT scope, of, name, next_date, amount,
           row_number() OVER (PARTITION BY scope, of ORDER BY next_date, name) AS nth
    FROM scoped
)
SELECT scope, of, count(*) AS steps, sum(amount) AS amount, min(next_date) AS oldest,
       max(CASE nth WHEN 1 THEN name END) AS oldest_at
FROM placed
GROUP BY scope, of;

-- How many are overdue and with whom most of them, three by name; who is tied by the oldest step. No
-- row without one.
CREATE VIEW visits_overdue_words AS
WITH owing AS (
    SELECT n.name, o.steps, row_number() OVER (ORDER BY o.steps DESC, o.oldest, o.of) AS nth, count(*) OVER () AS people
    FROM visits_overdue AS o
    JOIN people_names AS n ON n.person = o.of
    WHERE o.scope = 'person'
),
named AS (
    SELECT group_concat(CASE people WHEN 1 THEN name ELSE t('{1} ({2})', name, steps) END, ', ') AS names,
           max(people) AS people
    FROM (SELECT name, steps, people FROM owing WHERE nth <= 3 ORDER BY nth)
)
SELECT concat(t(CASE c.steps WHEN 1 THEN '1 next step is overdue' ELSE '{1} next steps are overdue' END, c.steps),
              CASE WHEN n.people > 0 THEN ': ' END, n.names,
              CASE WHEN n.people > 3 THEN t(' and {1} more', n.people - 3) END, '.') AS text
FROM visits_overdue AS c
JOIN named AS n
WHERE c.scope = 'company';

-- Who took part in the visits that pages list, as they are called, in the order in which they are noted;
-- whom people.csv lacks as noted. with: as visits.csv has it.
CREATE VIEW visits_companions AS
WITH RECURSIVE cut(with, nth, companion, rest) AS (
    SELECT with, 0, NULL, concat(with, ';')
    FROM (SELECT with FROM visits_recent UNION SELECT with FROM visits_of_deal)
    WHERE with IS NOT NULL
    UNION ALL
    SELECT with, nth + 1, trim(substr(rest, 1, instr(rest, ';') - 1)), substr(rest, instr(rest, ';') + 1)
    FROM cut
    WHERE rest <> ''
)
SELECT with, group_concat(name, ', ') AS seen_with
FROM (SELECT c.with, coalesce(n.name, c.companion) AS name
      FROM cut AS c
      LEFT JOIN people_names AS n ON n.person = c.companion
      WHERE c.companion <> ''
      ORDER BY c.with, c.nth)
GROUP BY with;

-- ---- managers on visits ----

-- Each manager with the people who report to them, all still here: visits of this month and the two
-- before, how many of them with the manager, and the last such one of 12 months. NULL where none. A
-- visit is of both whichever of them noted it and named the other. No row in a book that notes no
-- colleagues.
CREATE VIEW visits_joint AS
WITH named AS (
    SELECT w.person, m.person AS other,
           sum(CASE WHEN w.month >= add_months(as_of_month(), -2) THEN w.records ELSE 0 END) AS visits,
           max(w.max_date) AS last_joint
    FROM visits_with AS w
    JOIN people AS m ON instr(concat(';', w.with, ';'), concat(';', m.person, ';')) > 0 AND m.person <> w.person
    WHERE w.with IS NOT NULL
    GROUP BY w.person, m.person
),
together AS (
    SELECT person, manager, sum(visits) AS joint_visits, sum(noted_by_manager) AS noted_by_manager,
           max(last_joint) AS last_joint
    FROM (SELECT person, other AS manager, visits, 0 AS noted_by_manager, last_joint FROM named
          UNION ALL
          SELECT other, person, visits, visits, last_joint FROM named)
    GROUP BY person, manager
),
own AS (
    SELECT of AS person, sum(visits) AS visits
    FROM visits_by_month
    WHERE scope = 'person' AND month >= add_months(as_of_month(), -2)
    GROUP BY of
),
counted AS (
    SELECT p.manager, p.person, coalesce(o.visits, 0) + coalesce(g.noted_by_manager, 0) AS people_visits,
           coalesce(g.joint_visits, 0) AS joint_visits, g.last_joint
    FROM people AS p
    JOIN people AS m ON m.person = p.manager
    LEFT JOIN own AS o ON o.person = p.person
    LEFT JOIN together AS g ON g.person = p.person AND g.manager = p.manager
    WHERE (p.left IS NULL OR p.left > as_of()) AND (m.left IS NULL OR m.left > as_of())
      AND EXISTS (SELECT 1 FROM named)
)
SELECT manager, person, people_visits, joint_visits, last_joint, ratio(joint_visits, people_visits) AS joint_share
FROM counted
WHERE people_visits > 0;

-- By manager: with how many of their people there was no visit together in the three months.
CREATE VIEW visits_joint_managers AS
SELECT manager, count(*) AS people, sum(joint_visits) AS joint_visits, sum(people_visits) AS people_visits,
       count(CASE joint_visits WHEN 0 THEN 1 END) AS without,
       min(CASE joint_visits WHEN 0 THEN person END) AS without_person
FROM visits_joint
GROUP BY manager;

-- ---- in both directions ----

-- Contacts of the last 12 months by customer: ours, and theirs. months: how many of the 12 visits.csv
-- reaches back.
CREATE VIEW visits_directions AS
SELECT v.customer, sum(CASE v.direction WHEN 'in' THEN 0 ELSE v.records END) AS our_contacts,
       sum(CASE v.direction WHEN 'in' THEN v.records ELSE 0 END) AS their_contacts,
       min(months_between(s.month, as_of_month()) + 1, 12) AS months
FROM visits_customer_12 AS v
JOIN visits_since AS s
GROUP BY v.customer, s.month;

-- Customers who came or called three times or more since anybody of us was there, among their last
-- six contacts.
CREATE VIEW visits_waiting AS
WITH often AS (
    SELECT customer FROM visits_recent WHERE direction = 'in' GROUP BY customer HAVING count(*) >= 3
),
ours AS (
    SELECT o.customer, max(r.date) AS last_visit
    FROM often AS o
    JOIN visits_recent AS r ON r.customer = o.customer AND r.kind <> 'phone' AND r.direction = 'out'
    GROUP BY o.customer
),
theirs AS (
    SELECT f.customer, count(*) AS unanswered, min(r.date) AS since, max(r.date) AS latest_contact
    FROM often AS f
    JOIN visits_recent AS r ON r.customer = f.customer AND r.direction = 'in'
    LEFT JOIN ours AS o ON o.customer = f.customer
    WHERE o.customer IS NULL OR r.date > o.last_visit
    GROUP BY f.customer
    HAVING count(*) >= 3
)
SELECT t.customer, c.name, c.tier, c.person, c.region, c.place, coalesce(a.owner, b.owner) AS owner,
       t.unanswered, t.since, t.latest_contact, c.last_visit,
       row_number() OVER (ORDER BY t.unanswered DESC, t.customer) AS nth,
       CASE WHEN g.customer IS NULL THEN 'visits' ELSE 'customer' END AS page, g.customer AS key
FROM theirs AS t
JOIN visits_customers AS c ON c.customer = t.customer
LEFT JOIN acting_owners AS a ON a.person = c.person
LEFT JOIN company_owner AS b
LEFT JOIN customer_pages AS g ON g.customer = t.customer;

-- ---- what the whole reads ----

-- Key figures of each scope. Visits of the month have their plan to date and the same month of last
-- year up to the same day beside them.
CREATE VIEW visits_scope_figures AS
WITH trend AS (
    SELECT scope, of, series(month, visits) AS series
    FROM visits_by_month
    WHERE month > add_months(as_of_month(), -13)
    GROUP BY scope, of
)
SELECT n.scope, n.of, 29 AS rank, 'visits_month' AS name, n.visits AS value, n.visit_plan AS target, n.before, t.series, NULL AS n
FROM visits_now AS n
LEFT JOIN trend AS t ON t.scope = n.scope AND t.of = n.of
UNION ALL
SELECT scope, of, 30, 'visit_coverage', visit_coverage, NULL, NULL, NULL, cadence_customers FROM visits_coverage
UNION ALL
SELECT scope, of, 31, 'overdue_steps', steps, NULL, NULL, NULL, NULL FROM visits_overdue;

-- Visits of the fiscal quarter and year so far, of company and regions; none of a period from whose beginning on visits
-- are not known. due: the plan to date, of a period that is over the whole target; before: the same period of the year
-- before, NULL where visits are not known from its beginning on.
CREATE VIEW visits_periods AS
WITH sums AS (
    SELECT v.scope, v.of, p.grain, p.over, p.first, sum(CASE WHEN v.month >= p.first THEN v.visits ELSE 0 END) AS visits,
           sum(CASE WHEN v.month = add_months(as_of_month(), -12) THEN v.up_to_day
                    WHEN v.month < add_months(as_of_month(), -12) THEN v.visits ELSE 0 END) AS before
    FROM report_periods AS p
    JOIN visits_by_month AS v
      ON v.month BETWEEN p.first AND as_of_month()
         OR v.month BETWEEN add_months(p.first, -12) AND add_months(as_of_month(), -12)
    WHERE v.scope IN ('company', 'region')
    GROUP BY v.scope, v.of, p.grain, p.over, p.first
)
SELECT s.scope, s.of, s.grain, s.over, s.visits, CASE s.over WHEN 1 THEN t.target ELSE t.due END AS due,
       CASE WHEN f.month <= add_months(s.first, -12) THEN s.before END AS before
FROM sums AS s
JOIN visits_since AS f ON f.month <= s.first
LEFT JOIN targets_periods AS t ON t.scope = s.scope AND t.of = s.of AND t.kind = 'visits' AND t.grain = s.grain;

CREATE VIEW visits_period_figures AS
SELECT s.scope, s.of, s.grain, 29 AS rank, 'visits_span' AS name, s.visits AS value, s.due AS target, s.before AS before,
       f.series
FROM visits_periods AS s
LEFT JOIN visits_scope_figures AS f ON f.scope = s.scope AND f.of = s.of AND f.name = 'visits_month'
WHERE s.visits > 0 OR s.due > 0;

CREATE VIEW visits_period_findings AS
SELECT s.scope, s.of, s.grain, 10 AS rank,
       concat(t(CASE s.visits WHEN 1 THEN '1 visit in {2}' ELSE '{1} visits in {2}' END, s.visits, p.span),
              CASE WHEN s.due > 0
                   THEN t(CASE s.over WHEN 1 THEN ', {1} of plan' ELSE ', {1} of plan to date' END,
                          percent(ratio(s.visits, s.due))) END, '.') AS text
FROM visits_periods AS s
JOIN report_periods AS p ON p.grain = s.grain
WHERE s.visits > 0 OR s.due > 0;

-- The start page's figures: those of the company.
CREATE VIEW visits_figures AS
SELECT rank, name, value, target, before, series, 'visits' AS page, NULL AS key, n
FROM visits_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences: visits against plan and coverage; next steps overdue;
-- potential customers never visited; who calls and is not visited; managers on visits.
CREATE VIEW visits_findings AS
WITH waiting AS (
    SELECT s.scope, s.of, count(*) AS customers, min(w.nth) AS nth
    FROM visits_waiting AS w
    JOIN visits_scopes AS s ON s.place = w.place
    GROUP BY s.scope, s.of
)
SELECT n.scope, n.of, 90 AS rank,
       concat(t(CASE n.visits WHEN 1 THEN '1 visit in {2}' ELSE '{1} visits in {2}' END, n.visits,
                month_text(as_of_month())),
              CASE WHEN n.of_visit_plan IS NOT NULL
                   THEN t(CASE k.gone WHEN k.working_days THEN ', {1} of plan' ELSE ', {1} of plan to date' END,
                          percent(n.of_visit_plan)) END,
              CASE WHEN c.visit_coverage IS NOT NULL
                   THEN t('; {1} of {2} {2:customer was|customers were} visited within the wanted time ({3})', c.visited_in_time,
                          c.cadence_customers, percent(c.visit_coverage)) END, '.') AS text
FROM visits_now AS n
JOIN calendar AS k ON k.month = as_of_month()
LEFT JOIN visits_coverage AS c ON c.scope = n.scope AND c.of = n.of
UNION ALL
SELECT scope, of, 91,
       t(CASE steps WHEN 1 THEN '1 next step is overdue, since {2}, at {3}.'
                    ELSE '{1} next steps are overdue, the oldest since {2}, at {3}.' END, steps, date_text(oldest),
         oldest_at)
FROM visits_overdue
UNION ALL
SELECT scope, of, 92,
       t(CASE never_visited WHEN 1 THEN '1 of {2} potential customers has never been visited.'
                            ELSE '{1} of {2} potential customers have never been visited.' END, never_visited,
         potentials)
FROM visits_potentials
WHERE never_visited > 0
UNION ALL
SELECT w.scope, w.of, 93,
       CASE w.customers
           WHEN 1 THEN t('{1} came or called {2} {2:time|times} since anybody was there.', v.name, v.unanswered)
           ELSE t('{1} customers came or called three times or more since anybody was there, {2} most often: {3} times.',
                  w.customers, v.name, v.unanswered) END
FROM waiting AS w
JOIN visits_waiting AS v ON v.nth = w.nth
UNION ALL
SELECT 'company', 'company', 94,
       t(CASE sum(without) WHEN 1 THEN '1 of {2} people had no visit together with their manager since {3}.'
                           ELSE '{1} of {2} people had no visit together with their manager since {3}.' END,
         sum(without), sum(people), month_text(add_months(as_of_month(), -2)))
FROM visits_joint_managers
HAVING sum(without) > 0
UNION ALL
SELECT 'person', m.manager, 94,
       t(CASE m.without WHEN 1 THEN 'No visit together with {2} since {4}.'
                        ELSE 'No visit together with {1} of {3} people since {4}.' END,
         m.without, coalesce(p.name, m.without_person), m.people, month_text(add_months(as_of_month(), -2)))
FROM visits_joint_managers AS m
LEFT JOIN people_names AS p ON p.person = m.without_person
WHERE m.without > 0;

-- A line each for who has next steps overdue (cost: their open deals), A customers not visited for
-- one and a half times the wanted days, people who made less than half of their usual visits, and
-- managers who were not out with somebody for three months; the three customers who call most and
-- are not visited, the others in one line; all potential customers never visited in one line. What
-- is late for people who left is for who acts for them.
CREATE VIEW visits_exceptions AS
WITH late AS (
    SELECT coalesce(a.owner, b.owner) AS owner, v.name, v.unvisited_days, v.over_wanted, v.customer,
           add_days(as_of(), CAST(floor(1.5 * v.wanted_days) AS INTEGER) + 1 - v.unvisited_days) AS since,
           row_number() OVER (PARTITION BY coalesce(a.owner, b.owner)
                              ORDER BY v.over_wanted DESC, v.customer) AS nth
    FROM visits_customers AS v
    LEFT JOIN acting_owners AS a ON a.person = v.person
    LEFT JOIN company_owner AS b
    WHERE v.tier = 'A' AND v.state = 'late' AND 2 * v.unvisited_days > 3 * v.wanted_days
),
late_sums AS (
    SELECT owner, count(*) AS customers, max(CASE nth WHEN 1 THEN name END) AS name,
           max(CASE nth WHEN 1 THEN customer END) AS customer, max(CASE nth WHEN 1 THEN unvisited_days END) AS days,
           min(since) AS since
    FROM late
    GROUP BY owner
)
SELECT concat('visits:steps:', o.of) AS id, 2 AS severity, o.amount AS cost, o.of AS owner,
       t(CASE o.steps WHEN 1 THEN '{3}: next step overdue since {2}'
                      ELSE '{1} next steps overdue, the oldest since {2}, at {3}' END, o.steps, date_text(o.oldest),
         o.oldest_at) AS text,
       CASE o.steps WHEN 1 THEN s.page ELSE 'person' END AS page, CASE o.steps WHEN 1 THEN s.key ELSE o.of END AS key,
       o.oldest AS since
FROM visits_overdue AS o
LEFT JOIN visits_steps AS s ON o.steps = 1 AND s.owner = o.of AND s.late_days > 0
WHERE o.scope = 'person'
UNION ALL
SELECT concat('visits:late:', owner), 2, NULL, owner,
       t(CASE customers WHEN 1 THEN '{2}: tier A, not visited for {3} {3:day|days}'
                        ELSE '{1} customers of tier A not visited for long, {2} for {3} {3:day|days}' END,
         customers, name, days),
       CASE customers WHEN 1 THEN 'customer' ELSE 'person' END,
       CASE customers WHEN 1 THEN customer ELSE owner END, since
FROM late_sums
UNION ALL
SELECT concat('visits:few:', u.person, ':', u.month), 2, NULL, u.person,
       t(CASE u.visits WHEN 1 THEN '1 visit in {2}, usual are {3} a month'
                       ELSE '{1} {1:visit|visits} in {2}, usual are {3} a month' END, u.visits, month_text(u.month),
         format(u.usual_visits, 'integer')),
       'person', u.person, c.closes
FROM visits_usual AS u
JOIN calendar AS c ON c.month = u.month
WHERE 2 * u.visits < u.usual_visits AND u.usual_visits >= 4
UNION ALL
SELECT concat('visits:waiting:', customer), 2, NULL, owner,
       t('{1} came or called {2} {2:time|times} since anybody was there', name, unanswered), page, key, since
FROM visits_waiting
WHERE nth <= 3
UNION ALL
SELECT 'visits:waiting', 3, NULL, b.owner,
       t(CASE count(*) WHEN 1 THEN '1 more customer came or called three times or more since anybody was there'
                       ELSE '{1} more customers came or called three times or more since anybody was there' END, count(*)),
       'visits', NULL, min(w.since)
FROM visits_waiting AS w
LEFT JOIN company_owner AS b
WHERE w.nth > 3
GROUP BY b.owner
UNION ALL
SELECT 'visits:potential', 3, NULL, b.owner,
       t(CASE p.never_visited WHEN 1 THEN '1 potential customer has never been visited'
                              ELSE '{1} potential customers have never been visited' END, p.never_visited),
       'visits', NULL, p.newest
FROM visits_potentials AS p
LEFT JOIN company_owner AS b
WHERE p.scope = 'company' AND p.never_visited > 0
UNION ALL
SELECT concat('visits:joint:', m.manager), 3, NULL, m.manager,
       t(CASE m.without WHEN 1 THEN 'No visit together with {2} since {4}'
                        ELSE 'No visit together with {1} of {3} people since {4}' END,
         m.without, coalesce(p.name, m.without_person), m.people, month_text(add_months(as_of_month(), -2))),
       'person', m.manager, month_first(add_months(as_of_month(), -2))
FROM visits_joint_managers AS m
LEFT JOIN people_names AS p ON p.person = m.without_person
WHERE m.without > 0;

-- By person and month: kinds of visits and calls; coverage and overdue next steps as they stand at
-- the as-of date. Where the targets system is, it gives the visits.
CREATE VIEW visits_measures AS
SELECT of AS person, month, 'first_visits' AS measure, first_visits AS value FROM visits_by_month WHERE scope = 'person'
UNION ALL
SELECT of, month, 'joint_visits', joint_visits FROM visits_by_month WHERE scope = 'person'
UNION ALL
SELECT of, month, 'calls', calls FROM visits_by_month WHERE scope = 'person'
UNION ALL
SELECT of, as_of_month(), 'visit_coverage', visit_coverage FROM visits_coverage WHERE scope = 'person'
UNION ALL
SELECT n.of, as_of_month(), 'overdue_steps', coalesce(o.steps, 0)
FROM visits_now AS n
LEFT JOIN visits_overdue AS o ON o.scope = n.scope AND o.of = n.of
WHERE n.scope = 'person'
UNION ALL
SELECT of, month, 'visits', visits
FROM visits_by_month
WHERE scope = 'person' AND NOT EXISTS (SELECT 1 FROM data_systems WHERE system = 'targets' AND present);

-- Next steps of the coming weeks.
CREATE VIEW visits_events AS
SELECT concat('visits-', customer, '-', next_date) AS uid, next_date AS starts, next_date AS ends, owner,
       t('{1}: {2}', name, next_step) AS title, page, key
FROM visits_steps
WHERE next_date >= as_of();

-- What contradicts other tables: visits counted in results.csv (whole months, from the second that
-- visits.csv has), the customer of the deal, the day on which a person left, colleagues who do not
-- exist; and a next step before its visit. Of each customer the last six contacts are looked at.
CREATE VIEW visits_checks AS
SELECT 'warning' AS severity, 'results' AS tbl, r._row AS row,
       t(CASE r.value WHEN 1 THEN '1 visit of {2} is counted for {3}, but visits.csv has {4}'
                      ELSE '{1} visits of {2} are counted for {3}, but visits.csv has {4}' END, number(r.value),
         r.person, month_text(r.month), coalesce(m.visits, 0)) AS text,
       t('leave out the visits of results.csv, or add to visits.csv what is missing') AS remedy
FROM results AS r
JOIN visits_since AS s ON r.month > s.month
JOIN calendar AS c ON c.month = r.month AND c.gone = c.working_days
LEFT JOIN visits_by_month AS m ON m.scope = 'person' AND m.of = r.person AND m.month = r.month
WHERE r.kind = 'visits' AND r.value <> coalesce(m.visits, 0)
UNION ALL
SELECT 'warning', 'visits', _row,
       t('the next step at {1} is for {2}, before the visit of {3}', customer, date_text(next_date),
         date_text(date)),
       t('write the day by which it is to be done')
FROM visits_recent
WHERE next_date < date
UNION ALL
SELECT 'warning', 'visits', v._row,
       t('the visit to {1} names deal {2}, whose customer is {3}', v.customer, v.deal, d.customer),
       t('write the deal of this customer, or leave it empty')
FROM visits_of_deal AS v
JOIN deals AS d ON d.deal = v.deal
WHERE d.customer <> v.customer
UNION ALL
SELECT 'warning', 'visits', v._row,
       t('{1} visited {2} on {3}, but left on {4}', v.person, v.customer, date_text(v.date),
         date_text(p.left)),
       t('write who was there')
FROM visits_recent AS v
JOIN people AS p ON p.person = v.person
WHERE v.date > p.left
UNION ALL
SELECT 'warning', 'visits', v._row,
       t('of {1}, who were at {2} together with {3}, not all are in people.csv', v.with, v.customer, v.person),
       t('write the keys of people.csv, parted by ;')
FROM visits_recent AS v
WHERE v.with IS NOT NULL
  AND length(v.with) - length(replace(v.with, ';', '')) + 1
      <> (SELECT count(*) FROM people AS p WHERE instr(concat(';', v.with, ';'), concat(';', p.person, ';')) > 0);
