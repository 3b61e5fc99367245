-- Forms: what each person owes by the working calendar, against what came in. A form belongs to the
-- month in which it is due; the months are this one so far and the 12 before it.

-- ---- when each form is due ----

-- Forms with `due` taken apart: hour (HH:MM, NULL: the whole day), weekday (1 Monday … 7 Sunday),
-- next (1: the first such day after the period, 0: the last one in it), after (so many working days
-- after the period).
CREATE VIEW forms_defined AS
WITH hours AS (
    SELECT form, CASE WHEN due LIKE '%:%' THEN trim(substr(due, -5)) END AS hour,
           lower(trim(CASE WHEN due LIKE '%:%' THEN substr(due, 1, length(due) - 5) ELSE due END)) AS day
    FROM forms
),
parts AS (
    SELECT form, CASE length(hour) WHEN 4 THEN concat('0', hour) ELSE hour END AS hour, day,
           CASE replace(day, 'next ', '')
                WHEN 'monday' THEN 1 WHEN 'tuesday' THEN 2 WHEN 'wednesday' THEN 3 WHEN 'thursday' THEN 4
                WHEN 'friday' THEN 5 WHEN 'saturday' THEN 6 WHEN 'sunday' THEN 7 END AS weekday
    FROM hours
)
SELECT f.form, coalesce(f.name, f.form) AS name, f.who, f.every, p.hour,
       CASE WHEN f.every <> 'day' OR p.day LIKE 'next %' THEN p.weekday END AS weekday,
       CASE WHEN p.day LIKE 'next %' THEN 1 ELSE 0 END AS next,
       CASE WHEN p.day GLOB '[0-9]*' THEN CAST(p.day AS INTEGER) END AS after, f.starts, f.ends, f._row AS seq
FROM forms AS f
JOIN parts AS p ON p.form = f.form;

-- What a form's definition says, in words.
CREATE VIEW forms_words AS
SELECT form, name, coalesce(replace(who, ';', ', '), t('everybody')) AS who,
       CASE every WHEN 'day' THEN t('working day') WHEN 'week' THEN t('week') ELSE t('month') END AS every,
       concat(CASE WHEN after = 1 THEN t('the next working day')
                   WHEN after > 1 THEN t('working day {1} after it', after)
                   WHEN weekday IS NOT NULL
                   THEN concat(CASE next WHEN 1 THEN t('next ') END,
                               CASE weekday WHEN 1 THEN t('Monday') WHEN 2 THEN t('Tuesday') WHEN 3 THEN t('Wednesday')
                                            WHEN 4 THEN t('Thursday') WHEN 5 THEN t('Friday') WHEN 6 THEN t('Saturday')
                                            ELSE t('Sunday') END)
                   WHEN every = 'day' THEN t('the same day')
                   ELSE t('its last working day') END,
              CASE WHEN hour IS NOT NULL THEN concat(', ', hour) END) AS due
FROM forms_defined;

-- Forms that are asked for and have fields: each can be had as a blank.
CREATE VIEW forms_blank AS
SELECT d.form, d.name, d.seq, t('For each {1}, from {2}; due by: {3}', w.every, w.who, w.due) AS terms
FROM forms_defined AS d
JOIN forms_words AS w ON w.form = d.form
WHERE (d.ends IS NULL OR d.ends >= as_of()) AND EXISTS (SELECT 1 FROM form_fields AS f WHERE f.form = d.form);

-- What a blank form asks: who fills it in, then its fields. choices: what to choose from.
CREATE VIEW forms_asked AS
SELECT form, 0 AS seq, t('Name') AS field, 'text' AS type, 1 AS lines, NULL AS hint, NULL AS choices
FROM forms_blank
UNION ALL
SELECT form, _row, field, type, coalesce(lines, 1), CASE WHEN type <> 'choice' THEN hint END,
       CASE type WHEN 'choice' THEN hint END
FROM form_fields;

-- Days from 14 months back to 80 days ahead: a form of a month may be due 20 working days after it.
-- nth counts working days; next_day is the day itself or the first working day after it.
CREATE VIEW forms_days AS
WITH days_known AS (
    SELECT day, is_working_day(day) AS working
    FROM days(month_first(add_months(as_of_month(), -14)), add_days(as_of(), 80))
)
SELECT day, working, week(day) AS week, month(day) AS month, sum(working) OVER (ORDER BY day) AS nth,
       min(CASE WHEN working THEN day END) OVER (ORDER BY day DESC) AS next_day
FROM days_known;

-- The periods that a form may be for: working days, and weeks and months that have one. last_working:
-- its last working day, the nth one.
CREATE VIEW forms_spans AS
SELECT 'day' AS every, day AS period, date_text(day) AS name, day AS first, day AS last, day AS last_working, nth
FROM forms_days
WHERE working
UNION ALL
SELECT 'week', week, t('W{1} {2}', substr(week, 7), substr(week, 1, 4)), min(day), max(day),
       max(CASE WHEN working THEN day END), max(nth)
FROM forms_days
GROUP BY week
HAVING sum(working) > 0 AND count(*) = 7
UNION ALL
SELECT 'month', month, month_text(month), min(day), max(day), max(CASE WHEN working THEN day END), max(nth)
FROM forms_days
GROUP BY month
HAVING sum(working) > 0 AND max(day) = month_last(month);

-- The first day of which a form is asked for: `starts`; else the day on which it first came in; else,
-- while it never did, the day on which any form did.
CREATE VIEW forms_beginnings AS
WITH firsts AS (
    SELECT form, substr(min(submitted_at), 1, 10) AS day FROM submissions GROUP BY form
)
SELECT d.form, d.starts, coalesce(f.day, (SELECT min(o.day) FROM firsts AS o)) AS came_on
FROM forms_defined AS d
LEFT JOIN firsts AS f ON f.form = d.form;

-- Each form for each period from its beginning on: the day by which it is due (the next working day
-- if that is none), and until when (limit; 24:00 where no hour is given).
CREATE VIEW forms_periods AS
WITH due AS (
    SELECT d.form, d.every, s.period, s.name AS period_name, s.first, s.last, s.last_working,
           coalesce(CASE WHEN d.after IS NOT NULL THEN w.day
                         WHEN d.weekday IS NOT NULL THEN n.next_day END, s.last_working) AS due_day, d.hour
    FROM forms_defined AS d
    JOIN forms_spans AS s ON s.every = d.every
    JOIN forms_beginnings AS b ON b.form = d.form
    LEFT JOIN forms_days AS w ON w.working AND w.nth = s.nth + d.after
    LEFT JOIN forms_days AS n
           ON n.day = CASE d.next WHEN 1 THEN add_days(s.last, (d.weekday - weekday(s.last) + 6) % 7 + 1)
                                  ELSE add_days(s.last, -((weekday(s.last) - d.weekday + 7) % 7)) END
    WHERE (d.ends IS NULL OR s.last_working <= d.ends) AND (b.starts IS NULL OR s.last_working >= b.starts)
)
SELECT u.form, u.every, u.period, u.period_name, u.first, u.last_working, u.due_day, month(u.due_day) AS month,
       u.hour, concat(u.due_day, ' ', coalesce(u.hour, '24:00')) AS due_limit,
       CASE WHEN u.hour IS NULL THEN u.due_day ELSE concat(u.due_day, ' ', u.hour) END AS due_at
FROM due AS u
JOIN forms_beginnings AS b ON b.form = u.form
WHERE b.starts IS NOT NULL OR u.due_day >= b.came_on;

-- ---- who owes it ----

-- Who hands in a form: everybody whose role it names. Roles are those of today.
CREATE VIEW forms_people AS
SELECT DISTINCT d.form, p.person
FROM forms_defined AS d, json_each(concat('[', replace(json_quote(d.who), ';', '","'), ']')) AS r
JOIN people AS p ON p.role = trim(r.value)
WHERE d.who IS NOT NULL
UNION ALL
SELECT d.form, p.person FROM forms_defined AS d, people AS p WHERE d.who IS NULL;

-- Each form that somebody owes: those employed on the period's last working day and still there when
-- it is due. submitted_at: when it first came in. state: on time, late, missing (its due day is gone),
-- today (due today and not yet here). hours_late: hours after the limit.
CREATE VIEW forms_expected AS
WITH handed AS (
    SELECT form, person, period, substr(min(submitted_at), 1, 16) AS submitted_at
    FROM submissions
    GROUP BY form, person, period
)
SELECT o.form, o.person, d.period, d.period_name, d.due_day, d.due_at, d.month, h.submitted_at,
       CASE WHEN h.submitted_at <= d.due_limit THEN 'on time' WHEN h.submitted_at IS NOT NULL THEN 'late'
            WHEN d.due_day < as_of() THEN 'missing' ELSE 'today' END AS state,
       CASE WHEN h.submitted_at > d.due_limit
            THEN days_between(d.due_day, h.submitted_at) * 24.0 + substr(h.submitted_at, 12, 2)
                 - substr(d.due_limit, 12, 2) + (substr(h.submitted_at, 15, 2) - substr(d.due_limit, 15, 2)) / 60.0
            END AS hours_late
FROM forms_people AS o
JOIN people AS p ON p.person = o.person
JOIN forms_periods AS d ON d.form = o.form
LEFT JOIN handed AS h ON h.form = o.form AND h.person = o.person AND h.period = d.period
WHERE d.month >= add_months(as_of_month(), -12) AND d.due_day <= as_of()
  AND coalesce(p.hired, '') <= d.last_working AND (p.left IS NULL OR p.left >= d.due_day);

-- Forms that nobody handed in though they were due in at least two periods of this month so far and
-- the two before it.
CREATE VIEW forms_unused AS
SELECT e.form, d.name, count(DISTINCT e.period) AS periods, count(*) AS forms_missing,
       count(DISTINCT e.person) AS people, min(e.due_day) AS since
FROM forms_expected AS e
JOIN forms_defined AS d ON d.form = e.form
WHERE e.month >= add_months(as_of_month(), -2) AND e.state <> 'today'
GROUP BY e.form, d.name
HAVING count(e.submitted_at) = 0 AND count(DISTINCT e.period) >= 2;

-- ---- punctuality ----

-- Counts by person, form and month. What is due today and not yet here is not counted. up_to_day: of
-- the days up to the as-of date's day of the month.
CREATE VIEW forms_cells AS
SELECT person, form, month, count(*) AS due, sum(CASE state WHEN 'on time' THEN 1 ELSE 0 END) AS on_time,
       sum(CASE state WHEN 'late' THEN 1 ELSE 0 END) AS late,
       sum(CASE state WHEN 'missing' THEN 1 ELSE 0 END) AS missing,
       sum(CASE WHEN substr(due_day, 9) <= substr(as_of(), 9) THEN 1 ELSE 0 END) AS due_up_to_day,
       sum(CASE WHEN substr(due_day, 9) <= substr(as_of(), 9) AND state = 'on time' THEN 1 ELSE 0 END)
           AS on_time_up_to_day
FROM forms_expected
WHERE state <> 'today'
GROUP BY person, form, month;

-- Form punctuality by scope and month: on time ÷ due. forms_due = on time + late + missing. A person
-- counts for the team and the regions of that month. A rate; no row where nothing was due.
CREATE VIEW forms_by_month AS
WITH persons AS (
    SELECT person, month, sum(due) AS due, sum(on_time) AS on_time, sum(late) AS late, sum(missing) AS missing,
           sum(due_up_to_day) AS due_up_to_day, sum(on_time_up_to_day) AS on_time_up_to_day
    FROM forms_cells
    GROUP BY person, month
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, month, due, on_time, late, missing, due_up_to_day, on_time_up_to_day
    FROM persons
    UNION ALL
    SELECT s.scope, s.of, p.month, p.due, p.on_time, p.late, p.missing, p.due_up_to_day, p.on_time_up_to_day
    FROM persons AS p
    JOIN person_scopes AS s ON s.person = p.person AND p.month >= s.from_month AND p.month < s.before_month
)
SELECT scope, of, month, sum(due) AS forms_due, sum(on_time) AS forms_on_time, sum(late) AS forms_late,
       sum(missing) AS forms_missing, ratio(sum(on_time), sum(due)) AS form_punctuality,
       ratio(sum(on_time_up_to_day), sum(due_up_to_day)) AS punctuality_up_to_day
FROM scoped
GROUP BY scope, of, month;

-- The same over this month so far and the two, or the 11, before it; and the month alone (NULL while
-- nothing was due in it).
CREATE VIEW forms_standing AS
WITH sums AS (
    SELECT scope, of, sum(CASE WHEN month = as_of_month() THEN forms_due ELSE 0 END) AS due_1,
           sum(CASE WHEN month = as_of_month() THEN forms_on_time ELSE 0 END) AS on_time_1,
           sum(CASE WHEN month = as_of_month() THEN forms_late ELSE 0 END) AS late_1,
           sum(CASE WHEN month = as_of_month() THEN forms_missing ELSE 0 END) AS missing_1,
           sum(CASE WHEN month >= add_months(as_of_month(), -2) THEN forms_due ELSE 0 END) AS due_3,
           sum(CASE WHEN month >= add_months(as_of_month(), -2) THEN forms_on_time ELSE 0 END) AS on_time_3,
           sum(forms_due) AS due_12, sum(forms_on_time) AS on_time_12
    FROM forms_by_month
    WHERE month > add_months(as_of_month(), -12)
    GROUP BY scope, of
)
SELECT scope, of, due_1 AS forms_due, on_time_1 AS forms_on_time, late_1 AS forms_late,
       missing_1 AS forms_missing, ratio(on_time_1, due_1) AS form_punctuality, due_1 AS form_punctuality_n,
       ratio(on_time_3, due_3) AS punctuality_3, due_3 AS punctuality_3_n,
       ratio(on_time_12, due_12) AS punctuality_12, due_12 AS punctuality_12_n
FROM sums;

-- By form: the month, its last three months, and when one last came in.
CREATE VIEW forms_by_form AS
WITH counts AS (
    SELECT form, sum(CASE WHEN month = as_of_month() THEN due ELSE 0 END) AS due_1,
           sum(CASE WHEN month = as_of_month() THEN on_time ELSE 0 END) AS on_time_1,
           sum(CASE WHEN month = as_of_month() THEN late ELSE 0 END) AS late_1,
           sum(CASE WHEN month = as_of_month() THEN missing ELSE 0 END) AS missing_1, sum(due) AS due_3,
           sum(on_time) AS on_time_3
    FROM forms_cells
    WHERE month >= add_months(as_of_month(), -2)
    GROUP BY form
),
latest AS (
    SELECT form, substr(max(submitted_at), 1, 10) AS last_submitted FROM submissions GROUP BY form
)
SELECT d.form, d.seq, coalesce(c.due_1, 0) AS forms_due, coalesce(c.on_time_1, 0) AS forms_on_time,
       coalesce(c.late_1, 0) AS forms_late, coalesce(c.missing_1, 0) AS forms_missing,
       ratio(c.on_time_1, c.due_1) AS form_punctuality, c.due_1 AS form_punctuality_n,
       ratio(c.on_time_3, c.due_3) AS punctuality_3, c.due_3 AS punctuality_3_n, l.last_submitted
FROM forms_defined AS d
LEFT JOIN counts AS c ON c.form = d.form
LEFT JOIN latest AS l ON l.form = d.form;

-- How each person who is still here hands in each form, over this month so far and the two before it.
-- habitual: 1 where at least three of four came late, of four or more. hours_late: median of the late
-- ones.
CREATE VIEW forms_habits AS
WITH counts AS (
    SELECT e.person, e.form, count(*) AS due, sum(CASE e.state WHEN 'late' THEN 1 ELSE 0 END) AS late,
           sum(CASE e.state WHEN 'missing' THEN 1 ELSE 0 END) AS missing, median(e.hours_late) AS hours_late,
           min(CASE e.state WHEN 'late' THEN e.due_day END) AS since
    FROM forms_expected AS e
    JOIN acting_owners AS a ON a.person = e.person AND a.present = 1
    WHERE e.month >= add_months(as_of_month(), -2) AND e.state <> 'today'
    GROUP BY e.person, e.form
)
SELECT c.person, p.name, c.form, d.name AS form_name, c.due, c.late, c.missing,
       c.hours_late, ratio(c.late, c.due) AS late_share, c.since,
       CASE WHEN c.due >= 4 AND c.late * 4 >= c.due * 3 THEN 1 ELSE 0 END AS habitual
FROM counts AS c
JOIN people_names AS p ON p.person = c.person
JOIN forms_defined AS d ON d.form = c.form;

-- What to chase today, a row for each person who is still here and form: missing and due within the
-- last 30 days, or due today. periods: the five latest. A form that nobody hands in is no matter of
-- single persons and left out.
CREATE VIEW forms_chase AS
WITH lacking AS (
    SELECT e.person, e.form, e.state, e.due_day, e.due_at, e.period_name,
           row_number() OVER (PARTITION BY e.person, e.form, e.state ORDER BY e.due_day DESC, e.period DESC) AS nth
    FROM forms_expected AS e
    JOIN acting_owners AS a ON a.person = e.person AND a.present = 1
    WHERE e.state IN ('missing', 'today') AND e.due_day >= add_days(as_of(), -30)
      AND NOT EXISTS (SELECT 1 FROM forms_unused AS u WHERE u.form = e.form)
),
listed AS (
    SELECT person, form, state, group_concat(CASE WHEN nth <= 5 THEN period_name END, ', ') AS periods,
           count(*) AS forms, min(due_day) AS oldest_due, min(due_at) AS due_at
    FROM (SELECT person, form, state, due_day, due_at, period_name, nth FROM lacking ORDER BY person, form, state, nth)
    GROUP BY person, form, state
)
SELECT person, form, state, forms, oldest_due, due_at,
       CASE WHEN forms > 5 THEN t('{1} and {2} more', periods, forms - 5) ELSE periods END AS periods
FROM listed;

-- What to chase by scope: missing, due today, and of how many people.
CREATE VIEW forms_chased AS
WITH scoped AS (
    SELECT 'company' AS scope, 'company' AS of, person, state, forms FROM forms_chase
    UNION ALL
    SELECT s.scope, s.of, c.person, c.state, c.forms
    FROM forms_chase AS c
    JOIN person_scopes AS s ON s.person = c.person AND s.from_month <= as_of_month() AND as_of_month() < s.before_month
)
SELECT scope, of, sum(forms) AS forms, sum(CASE state WHEN 'missing' THEN forms ELSE 0 END) AS missing,
       sum(CASE state WHEN 'today' THEN forms ELSE 0 END) AS today, count(DISTINCT person) AS people
FROM scoped
GROUP BY scope, of;

-- ---- what the whole reads ----

-- Key figures of each scope. before: the same month of last year, up to the same day. n: cases of a rate.
CREATE VIEW forms_scope_figures AS
WITH trend AS (
    SELECT scope, of, series(month, form_punctuality) AS series
    FROM forms_by_month
    GROUP BY scope, of
)
SELECT n.scope, n.of, 28 AS rank, 'form_punctuality' AS name, n.form_punctuality AS value, NULL AS target,
       b.punctuality_up_to_day AS before, r.series, n.forms_due AS n,
       t('Form punctuality this month') AS label
FROM forms_standing AS n
LEFT JOIN forms_by_month AS b ON b.scope = n.scope AND b.of = n.of AND b.month = add_months(as_of_month(), -12)
LEFT JOIN trend AS r ON r.scope = n.scope AND r.of = n.of
WHERE n.forms_due > 0
UNION ALL
SELECT scope, of, 28, 'forms_chased', forms, NULL, NULL, NULL, NULL, NULL FROM forms_chased;

-- The start page's figures: those of the company.
CREATE VIEW forms_figures AS
SELECT rank, name, value, target, before, series, 'forms' AS page, NULL AS key, n
FROM forms_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences: how the month stands; what is to be chased; forms that
-- nobody hands in; who is late as a rule.
CREATE VIEW forms_findings AS
WITH late AS (
    SELECT person, name, form_name, due, late,
           count(*) OVER () AS people, row_number() OVER (ORDER BY late DESC, person, form) AS nth
    FROM forms_habits
    WHERE habitual = 1
)
SELECT scope, of, 81 AS rank,
       CASE WHEN forms_due = 0
            THEN t('No form has been due in {1} so far; of the last 12 months {2} came in time.',
                   month_text(as_of_month()), percent(punctuality_12))
            WHEN forms_due = 1
            THEN t(CASE WHEN forms_on_time = 1 THEN 'The one form due in {1} came in time.'
                        WHEN forms_late = 1 THEN 'The one form due in {1} came late.'
                        ELSE 'The one form due in {1} is missing.' END, month_text(as_of_month()))
            WHEN forms_on_time = forms_due
            THEN t('All {1} forms due in {2} came in time.', forms_due, month_text(as_of_month()))
            ELSE t('Of {1} {1:form|forms} due in {2}, {3} came in time ({4}), {5} late; {6} missing.', forms_due,
                   month_text(as_of_month()), forms_on_time, percent(form_punctuality), forms_late,
                   CASE forms_missing WHEN 0 THEN t('none is') WHEN 1 THEN t('1 is')
                                      ELSE t('{1} are', forms_missing) END) END AS text
FROM forms_standing
UNION ALL
SELECT scope, of, 82,
       concat(t(CASE forms WHEN 1 THEN '1 form is to be chased today' ELSE '{1} forms are to be chased today' END,
                forms),
              CASE WHEN scope = 'person' THEN NULL WHEN people = 1 THEN t(', all of 1 person')
                   ELSE t(', of {1} people', people) END,
              CASE WHEN today = 0 THEN t(': missing for up to 30 days.')
                   WHEN missing = 0 THEN t(': due today.')
                   ELSE t(': {1} missing, {2} due today.', missing, today) END)
FROM forms_chased
UNION ALL
SELECT 'company', 'company', 83,
       t(CASE count(*) WHEN 1 THEN 'Nobody hands in this form: {2}.' ELSE 'Nobody hands in these {1} forms: {2}.' END,
         count(*), group_concat(name, ', '))
FROM (SELECT name FROM forms_unused ORDER BY name, form)
HAVING count(*) > 0
UNION ALL
SELECT 'person', person, 84, group_concat(text, ' ') -- one value, of all forms that the person hands in late
FROM (SELECT person, t('{1}: {2} of {3} came late in the last 3 months.', form_name, late, due) AS text
      FROM late
      ORDER BY nth)
GROUP BY person
UNION ALL
SELECT 'company', 'company', 84,
       concat(t('{1} hands in “{2}” late: {3} of {4} in the last 3 months', name, form_name, late, due),
              CASE WHEN people = 2 THEN t(', and there is 1 more like it')
                   WHEN people > 2 THEN t(', and there are {1} more like it', people - 1) END, '.')
FROM late
WHERE nth = 1;

-- What to act on: forms that nobody hands in; who owes three or more of the last 30 days; who is late
-- as a rule, for their manager. Ten of each of the last two, the rest in one line.
CREATE VIEW forms_exceptions AS
WITH owing AS (
    SELECT person, sum(forms) AS forms, min(oldest_due) AS since,
           row_number() OVER (ORDER BY sum(forms) DESC, person) AS nth
    FROM forms_chase
    WHERE state = 'missing'
    GROUP BY person
    HAVING sum(forms) >= 3
),
late AS (
    SELECT h.person, h.name, h.form, h.form_name, h.due, h.late, h.since, coalesce(a.owner, c.owner) AS owner,
           row_number() OVER (ORDER BY h.late DESC, h.person, h.form) AS nth
    FROM forms_habits AS h
    JOIN people AS p ON p.person = h.person
    LEFT JOIN acting_owners AS a ON a.person = p.manager
    LEFT JOIN company_owner AS c
    WHERE h.habitual = 1
)
SELECT concat('forms:unused:', u.form) AS id, 2 AS severity, NULL AS cost, c.owner,
       t('Nobody hands in “{1}”: {2} were due in {3} periods', u.name, u.forms_missing, u.periods) AS text,
       'forms' AS page, NULL AS key, u.since
FROM forms_unused AS u
LEFT JOIN company_owner AS c
UNION ALL
SELECT concat('forms:missing:', o.person), CASE WHEN o.forms >= 10 THEN 2 ELSE 3 END, NULL, o.person,
       t('{1}: {2} {2:form|forms} of the last 30 days are missing', p.name, o.forms), 'person', o.person,
       add_days(o.since, 1)
FROM owing AS o
JOIN people_names AS p ON p.person = o.person
WHERE o.nth <= 10
UNION ALL
SELECT 'forms:missing:others', 3, NULL, c.owner,
       t(CASE count(*) WHEN 1 THEN '1 more person owes {2} {2:form|forms} of the last 30 days'
                       ELSE '{1} more people owe {2} forms of the last 30 days' END, count(*), sum(o.forms)),
       'forms', NULL, add_days(min(o.since), 1)
FROM owing AS o
LEFT JOIN company_owner AS c
WHERE o.nth > 10
GROUP BY c.owner
UNION ALL
SELECT concat('forms:late:', form, ':', person), 3, NULL, owner,
       t('{1} hands in “{2}” late, {3} of {4} in the last 3 months', name, form_name, late, due), 'person', person, since
FROM late
WHERE nth <= 10
UNION ALL
SELECT 'forms:late:others', 3, NULL, c.owner,
       t(CASE count(*) WHEN 1 THEN '1 more form comes late as a rule from one person'
                       ELSE '{1} more forms come late as a rule from one person each' END, count(*)),
       'forms', NULL, min(l.since)
FROM late AS l
LEFT JOIN company_owner AS c
WHERE l.nth > 10
GROUP BY c.owner;

-- By person and month.
CREATE VIEW forms_measures AS
SELECT of AS person, month, 'form_punctuality' AS measure, form_punctuality AS value
FROM forms_by_month
WHERE scope = 'person'
UNION ALL
SELECT of, month, 'forms_missing', forms_missing FROM forms_by_month WHERE scope = 'person'
UNION ALL
SELECT of, month, 'forms_late', forms_late FROM forms_by_month WHERE scope = 'person';

-- When forms for weeks and months are due in the next 31 days; those for days would fill a calendar.
CREATE VIEW forms_events AS
SELECT concat('forms-', d.form, '-', d.period) AS uid, d.due_at AS starts, d.due_at AS ends, NULL AS owner,
       t('Due: {1}, {2}', f.name, d.period_name) AS title, 'forms' AS page, NULL AS key
FROM forms_periods AS d
JOIN forms_defined AS f ON f.form = d.form
WHERE d.every <> 'day' AND d.due_day >= as_of() AND d.due_day <= add_days(as_of(), 31);

-- The search finds forms by their names.
CREATE VIEW forms_finds AS
SELECT 'form' AS kind, form AS id, name, 'forms' AS page, NULL AS key FROM forms_defined;

-- Roles that nobody has; a weekday for a form of each day; periods that are none of the form's;
-- forms that ask nothing; choices of which there is none.
CREATE VIEW forms_checks AS
WITH roles AS (
    SELECT d.seq, d.form, trim(r.value) AS role
    FROM forms_defined AS d, json_each(concat('[', replace(json_quote(d.who), ';', '","'), ']')) AS r
    WHERE d.who IS NOT NULL
),
periods AS (
    SELECT s._row AS row, s.form, s.period, d.every,
           CASE WHEN s.period LIKE '%W%' THEN 'week' WHEN length(s.period) = 10 THEN 'day' ELSE 'month' END AS kind
    FROM submissions AS s
    JOIN forms_defined AS d ON d.form = s.form
)
SELECT 'warning' AS severity, 'forms' AS tbl, r.seq AS row,
       t('nobody has the role {1} that is to hand in form {2}', r.role, r.form) AS text,
       t('write it as people.csv does, or drop it') AS remedy
FROM roles AS r
WHERE NOT EXISTS (SELECT 1 FROM people AS p WHERE p.role = r.role)
UNION ALL
SELECT 'warning', 'forms', f._row, t('form {1} is one of each day and due on a {2}', f.form, f.due),
       t('write a time, 18:00, or the number of working days after it')
FROM forms AS f
JOIN forms_defined AS d ON d.form = f.form
WHERE f.every = 'day' AND d.weekday IS NULL AND f.due LIKE '%day%'
UNION ALL
SELECT 'warning', 'submissions', min(row),
       t(CASE count(*) WHEN 1 THEN 'form {1} is one of each {2}, and {3} is none'
                       ELSE 'form {1} is one of each {2}, and {3} is none; {4} rows are like it' END,
         form, every, min(period), count(*)),
       t('write days as 2026-10-30, weeks as 2026-W44, months as 2026-10')
FROM periods
WHERE kind <> every
GROUP BY form, every
UNION ALL
SELECT 'warning', 'forms', d.seq, t('form {1} has no fields', d.form), t('list them in form_fields.csv')
FROM forms_defined AS d
WHERE EXISTS (SELECT 1 FROM form_fields) AND NOT EXISTS (SELECT 1 FROM form_fields AS f WHERE f.form = d.form)
UNION ALL
SELECT 'warning', 'form_fields', _row, t('field {1} of form {2} is a choice of nothing', field, form),
       t('write under hint what to choose from, parted by ;, or make it a text')
FROM form_fields
WHERE type = 'choice' AND coalesce(trim(hint, '; '), '') = '';
