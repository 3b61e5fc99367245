-- Organization: people in units and positions, planned and actual, as known at the as-of date.

-- Where a person stands and when: position, else the role; unit, else the team of those months
-- (moves.csv).
CREATE VIEW organization_staff AS
SELECT p.person, coalesce(p.unit, s.team, t('no unit')) AS unit, coalesce(p.position, p.role, t('no position')) AS position,
       coalesce(p.hired, '0000-01-01') AS hired, coalesce(p.left, '9999-12-31') AS left, s.from_month, s.before_month
FROM people AS p
JOIN person_spells AS s ON s.person = p.person;

-- The days on which headcounts are taken: the ends of this month and the 24 before it; of this month
-- the as-of date.
CREATE VIEW organization_days AS
SELECT month, min(last, as_of()) AS day
FROM calendar
WHERE month >= add_months(as_of_month(), -24) AND month <= as_of_month();

-- Planned and actual people by unit and position at these days. gap = planned − actual.
CREATE VIEW organization_headcount AS
WITH counted AS (
    SELECT d.month, p.unit, p.position, p.planned, 0 AS actual
    FROM organization_days AS d
    JOIN positions AS p ON coalesce(p.starts, '') <= d.day AND (p.ends IS NULL OR p.ends >= d.day)
    UNION ALL
    SELECT d.month, s.unit, s.position, 0, 1
    FROM organization_days AS d
    JOIN organization_staff AS s
      ON s.hired <= d.day AND s.left > d.day AND d.month >= s.from_month AND d.month < s.before_month
)
SELECT month, unit, position, sum(planned) AS planned, sum(actual) AS actual, sum(planned) - sum(actual) AS gap
FROM counted
GROUP BY month, unit, position;

-- Positions with fewer people than planned today, and since when: the first day after the last one
-- on which there were enough. Days on which something changes are enough to look at.
CREATE VIEW organization_vacancies AS
WITH vacant AS (
    SELECT unit, position, planned, actual, gap
    FROM organization_headcount
    WHERE month = as_of_month() AND gap > 0
),
changes AS (
    SELECT unit, position, starts AS day FROM positions WHERE starts IS NOT NULL
    UNION
    SELECT unit, position, add_days(ends, 1) FROM positions WHERE ends IS NOT NULL
    UNION
    SELECT unit, position, hired FROM organization_staff WHERE hired > '0000-01-01'
    UNION
    SELECT unit, position, left FROM organization_staff WHERE left < '9999-12-31'
    UNION
    SELECT unit, position, month_first(from_month) FROM organization_staff WHERE from_month > '0000-01'
),
gaps AS (
    SELECT c.unit, c.position, c.day,
           coalesce((SELECT sum(p.planned) FROM positions AS p
                     WHERE p.unit = c.unit AND p.position = c.position AND coalesce(p.starts, '') <= c.day
                       AND (p.ends IS NULL OR p.ends >= c.day)), 0)
           - (SELECT count(*) FROM organization_staff AS s
              WHERE s.unit = c.unit AND s.position = c.position AND s.hired <= c.day AND s.left > c.day
                AND month(c.day) >= s.from_month AND month(c.day) < s.before_month) AS gap
    FROM changes AS c
    JOIN vacant AS v ON v.unit = c.unit AND v.position = c.position
    WHERE c.day <= as_of()
),
filled AS (
    SELECT unit, position, max(day) AS day FROM gaps WHERE gap <= 0 GROUP BY unit, position
)
SELECT v.unit, v.position, v.planned, v.actual, v.gap AS vacant,
       (SELECT min(g.day) FROM gaps AS g
        LEFT JOIN filled AS f ON f.unit = g.unit AND f.position = g.position
        WHERE g.unit = v.unit AND g.position = v.position AND g.gap > 0 AND g.day > coalesce(f.day, '')) AS since
FROM vacant AS v;

-- Who came and who left by month, and the headcount at its end; company and units.
CREATE VIEW organization_months AS
WITH heads AS (
    SELECT month, unit, sum(planned) AS planned, sum(actual) AS actual FROM organization_headcount GROUP BY month, unit
),
moves_of AS (
    SELECT month(nullif(hired, '0000-01-01')) AS month, unit, 1 AS joined, 0 AS gone
    FROM organization_staff
    WHERE hired <= as_of() AND month(nullif(hired, '0000-01-01')) >= from_month
      AND month(nullif(hired, '0000-01-01')) < before_month
    UNION ALL
    SELECT month(left), unit, 0, 1
    FROM organization_staff
    WHERE left <= as_of() AND month(left) >= from_month AND month(left) < before_month
),
sums AS (
    SELECT month, unit, sum(joined) AS joined, sum(gone) AS gone FROM moves_of GROUP BY month, unit
),
-- A unit without a plan that the last one leaves is empty at the month's end.
rows_of AS (
    SELECT month, unit FROM heads
    UNION
    SELECT s.month, s.unit FROM sums AS s JOIN organization_days AS d ON d.month = s.month
)
SELECT 'unit' AS scope, k.unit AS of, k.month, coalesce(h.planned, 0) AS planned, coalesce(h.actual, 0) AS actual,
       coalesce(s.joined, 0) AS joined, coalesce(s.gone, 0) AS gone
FROM rows_of AS k
LEFT JOIN heads AS h ON h.month = k.month AND h.unit = k.unit
LEFT JOIN sums AS s ON s.month = k.month AND s.unit = k.unit
UNION ALL
SELECT 'company', 'company', d.month,
       coalesce((SELECT sum(h.planned) FROM heads AS h WHERE h.month = d.month), 0),
       coalesce((SELECT sum(h.actual) FROM heads AS h WHERE h.month = d.month), 0),
       coalesce((SELECT sum(s.joined) FROM sums AS s WHERE s.month = d.month), 0),
       coalesce((SELECT sum(s.gone) FROM sums AS s WHERE s.month = d.month), 0)
FROM organization_days AS d;

-- The last 12 months of units and company in words: the headcount, and what was planned where that is
-- another; months_off: in how many of these months it was. No row where nobody was here or planned.
CREATE VIEW organization_plan_months AS
SELECT scope, of, month,
       CASE WHEN actual = planned THEN format(actual, 'integer')
            ELSE t('{1} of {2}', format(actual, 'integer'), format(planned, 'integer')) END AS headcount_of_plan,
       sum(actual <> planned) OVER (PARTITION BY scope, of) AS months_off
FROM organization_months
WHERE month > add_months(as_of_month(), -12) AND actual + planned > 0;

-- Turnover = people who left in the last 12 months (this month so far and the 11 before) ÷ average
-- headcount, the mean of the headcounts at the ends of these 12 months and of the month before them; a
-- unit that was not there yet, or no more, had nobody. NULL where nobody was here.
CREATE VIEW organization_turnover AS
WITH spans AS (
    SELECT scope, of, sum(actual) / 13.0 AS average,
           sum(CASE WHEN month > add_months(as_of_month(), -12) THEN joined ELSE 0 END) AS joined,
           sum(CASE WHEN month > add_months(as_of_month(), -12) THEN gone ELSE 0 END) AS gone
    FROM organization_months
    WHERE month >= add_months(as_of_month(), -12)
    GROUP BY scope, of
)
SELECT scope, of, average, joined, gone, ratio(gone, average) AS turnover FROM spans;

-- Who is here, below their manager or who acts for them, the owner. Nobody stands below themselves: people
-- whose managers form a circle stand at the top, and are told as an error.
CREATE VIEW organization_placed AS
WITH RECURSIVE up(person, above) AS (
    SELECT person, manager FROM people WHERE manager IS NOT NULL
    UNION
    SELECT u.person, p.manager
    FROM up AS u
    JOIN people AS p ON p.person = u.above
    WHERE p.manager IS NOT NULL
),
circles AS MATERIALIZED (
    SELECT person FROM up WHERE above = person
)
SELECT p.person, concat(n.name, ', ', coalesce(p.position, p.role)) AS label, coalesce(p.position, p.role) AS position,
       CASE WHEN p.person IN (SELECT c.person FROM circles AS c) THEN NULL
            WHEN m.present THEN p.manager
            WHEN a.owner <> p.person THEN a.owner END AS owner
FROM people AS p
JOIN people_names AS n ON n.person = p.person
JOIN acting_owners AS o ON o.person = p.person AND o.present
LEFT JOIN acting_owners AS m ON m.person = p.manager
LEFT JOIN acting_owners AS a ON a.person = p.manager
WHERE p.hired IS NULL OR p.hired <= as_of();

-- The organization chart. Of more than 60 people those are drawn who lead others, of as many levels from
-- the top as have no more than 60 of them, but of the second level at least.
CREATE VIEW organization_chart AS
WITH RECURSIVE levels(person, level) AS (
    SELECT p.person, 1
    FROM organization_placed AS p
    WHERE p.owner IS NULL OR p.owner NOT IN (SELECT q.person FROM organization_placed AS q)
    UNION ALL
    SELECT p.person, l.level + 1 FROM levels AS l JOIN organization_placed AS p ON p.owner = l.person
),
leading AS MATERIALIZED (
    SELECT l.person, l.level FROM levels AS l WHERE l.person IN (SELECT p.owner FROM organization_placed AS p)
),
depths AS (
    SELECT level, sum(count(*)) OVER (ORDER BY level) AS so_far FROM leading GROUP BY level
),
drawn AS (
    SELECT max(level) AS levels FROM depths WHERE so_far <= 60 OR level <= 2
)
SELECT p.person, p.label, p.owner AS parent
FROM organization_placed AS p
JOIN drawn AS d
LEFT JOIN leading AS l ON l.person = p.person
WHERE (SELECT count(*) FROM organization_placed) <= 60 OR l.level <= d.levels;

-- The duty matrix: who does, answers, is asked, is told.
CREATE VIEW organization_duties AS
WITH parts AS (
    SELECT duty, min(seq) AS seq, group_concat(CASE WHEN part = 'A' THEN position END, ', ') AS accountable,
           group_concat(CASE WHEN part = 'R' THEN position END, ', ') AS responsible,
           group_concat(CASE WHEN part = 'C' THEN position END, ', ') AS consulted,
           group_concat(CASE WHEN part = 'I' THEN position END, ', ') AS informed
    FROM (SELECT duty, position, part, _row AS seq FROM duties ORDER BY _row)
    GROUP BY duty
)
SELECT duty, seq, accountable, responsible, consulted, informed FROM parts;

-- Who leads a unit: the person to whom most of its people report; ties go to the first key.
CREATE VIEW organization_leads AS
WITH counted AS (
    SELECT s.unit, a.owner, count(*) AS people
    FROM organization_staff AS s
    JOIN people AS p ON p.person = s.person AND p.manager IS NOT NULL
    JOIN acting_owners AS h ON h.person = s.person AND h.present
    JOIN acting_owners AS a ON a.person = p.manager
    WHERE as_of_month() >= s.from_month AND as_of_month() < s.before_month
    GROUP BY s.unit, a.owner
),
ranked AS (
    SELECT unit, owner, row_number() OVER (PARTITION BY unit ORDER BY people DESC, owner) AS nth FROM counted
)
SELECT unit, owner FROM ranked WHERE nth = 1;

-- ---- what the whole reads ----

-- Headcount against plan, and turnover.
CREATE VIEW organization_figures AS
WITH trend AS (
    SELECT series(month, actual) AS heads FROM organization_months
    WHERE scope = 'company' AND month > add_months(as_of_month(), -13)
)
SELECT 24 AS rank, 'headcount' AS name, n.actual AS value, n.planned AS target, nullif(b.actual, 0) AS before,
       t.heads AS series, 'organization' AS page, NULL AS key
FROM organization_months AS n
LEFT JOIN organization_months AS b
       ON b.scope = 'company' AND b.of = 'company' AND b.month = add_months(as_of_month(), -12)
LEFT JOIN trend AS t
WHERE n.scope = 'company' AND n.month = as_of_month() AND n.actual > 0;

-- How many are here, and who came and left, in sentences.
CREATE VIEW organization_findings AS
WITH vacant AS (
    SELECT sum(vacant) AS vacant, max(days_between(since, as_of())) AS days FROM organization_vacancies
)
SELECT 'company' AS scope, 'company' AS of, 40 AS rank,
       concat(t('{1} for {2} planned',
                CASE m.actual WHEN 1 THEN t('1 person') ELSE t('{1} people', m.actual) END, m.planned),
              CASE WHEN v.vacant IS NULL THEN t('; no position is vacant.')
                   WHEN v.vacant = 1 THEN t('; 1 position is vacant, for {1} {1:day|days}.', v.days)
                   ELSE t('; {1} positions are vacant, the oldest for {2} {2:day|days}.', v.vacant, v.days) END) AS text
FROM organization_months AS m
LEFT JOIN vacant AS v
WHERE m.scope = 'company' AND m.month = as_of_month()
UNION ALL
SELECT 'company', 'company', 41,
       t('{1} joined and {2} left in the last 12 months: turnover {3} of an average headcount of {4}.', joined, gone,
         format(turnover, 'percent1'), format(average, 'number1'))
FROM organization_turnover
WHERE scope = 'company' AND turnover IS NOT NULL;

-- Positions vacant for more than 90 days, the ten oldest a line each, the rest together.
CREATE VIEW organization_exceptions AS
WITH old AS (
    SELECT v.unit, v.position, v.vacant, v.since, days_between(v.since, as_of()) AS days,
           coalesce(l.owner, c.owner) AS owner,
           row_number() OVER (ORDER BY v.since, v.unit, v.position) AS nth
    FROM organization_vacancies AS v
    LEFT JOIN organization_leads AS l ON l.unit = v.unit
    LEFT JOIN company_owner AS c
    WHERE days_between(v.since, as_of()) > 90
)
SELECT concat('organization:vacant:', unit, ':', position) AS id, 2 AS severity, NULL AS cost, owner,
       t(CASE vacant WHEN 1 THEN '{1}: position {2} vacant for {3} {3:day|days}'
                     ELSE '{1}: {4} positions {2} vacant, the first for {3} {3:day|days}' END, unit, position, days, vacant) AS text,
       'organization' AS page, NULL AS key, add_days(since, 91) AS since
FROM old
WHERE nth <= 10
UNION ALL
SELECT 'organization:vacant', 2, NULL, max(c.owner), t('{1} more {1:position|positions} vacant for more than 90 days', sum(o.vacant)),
       'organization', NULL, add_days(min(o.since), 91)
FROM old AS o
LEFT JOIN company_owner AS c
WHERE o.nth > 10
HAVING count(*) > 0;

-- Duties for which nobody or several answer, plans that count twice, managers in a circle.
CREATE VIEW organization_checks AS
WITH RECURSIVE up(person, above, height) AS (
    SELECT person, manager, 1 FROM people WHERE manager IS NOT NULL
    UNION
    SELECT u.person, p.manager, u.height + 1
    FROM up AS u
    JOIN people AS p ON p.person = u.above
    WHERE p.manager IS NOT NULL AND u.above <> u.person AND u.height < 30
)
SELECT 'error' AS severity, 'duties' AS tbl, min(_row) AS row,
       CASE count(CASE WHEN part = 'A' THEN 1 END)
            WHEN 0 THEN t('nobody answers for duty {1}', duty)
            ELSE t('{1} positions answer for duty {2}', count(CASE WHEN part = 'A' THEN 1 END), duty) END AS text,
       t('give exactly one position of the duty part A') AS remedy
FROM duties
GROUP BY duty
HAVING count(CASE WHEN part = 'A' THEN 1 END) <> 1
UNION ALL
SELECT 'warning', 'duties', min(d._row), t('duty {1} names position {2}, which is not planned', d.duty, d.position),
       t('correct the position, or add it to positions.csv')
FROM duties AS d
WHERE NOT EXISTS (SELECT 1 FROM positions AS p WHERE p.position = d.position)
GROUP BY d.duty, d.position
UNION ALL
SELECT 'error', 'positions', b._row,
       t('position {1} of {2} is planned twice from {3} on', b.position, b.unit, date_text(b.starts)),
       t('end the earlier line the day before')
FROM positions AS b
JOIN positions AS a
  ON a.unit = b.unit AND a.position = b.position AND a._row <> b._row AND coalesce(a.starts, '') < b.starts
     AND (a.ends IS NULL OR a.ends >= b.starts)
UNION ALL
SELECT 'error', 'positions', _row,
       t('position {1} of {2} ends on {3}, before it starts', position, unit, date_text(ends)),
       t('correct one of the two days')
FROM positions
WHERE ends < starts
UNION ALL
SELECT 'error', 'people', p._row, t('{1} reports to {2}, and over {3} to themselves', p.person, p.manager, u.height - 1),
       t('correct column manager')
FROM up AS u
JOIN people AS p ON p.person = u.person
WHERE u.above = u.person AND u.height > 2;
