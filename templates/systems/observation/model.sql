-- Observation: who was talked with, and what is to follow. All of it reads a table for managers, so all of
-- it is theirs.

-- Observations with what is still open of them at the as-of date. is_talk: 0 for a team event. person_present:
-- 1 while that person is here. actor: who acts on the follow-up: who noticed it, or acts for them.
CREATE VIEW observation_rows AS
SELECT o._row AS row, o.date, o.person, o.by, o.kind, o.note, o.follow_up,
       CASE WHEN o.done <= as_of() THEN o.done END AS done,
       CASE o.kind WHEN 'event' THEN 0 ELSE 1 END AS is_talk,
       CASE WHEN o.follow_up IS NOT NULL AND (o.done IS NULL OR o.done > as_of()) THEN 1 ELSE 0 END AS is_open,
       days_between(o.date, as_of()) AS days_open, a.present AS person_present,
       coalesce(b.owner, m.owner, c.owner) AS actor
FROM observations AS o
JOIN people AS p ON p.person = o.person
JOIN acting_owners AS a ON a.person = o.person
LEFT JOIN acting_owners AS b ON b.person = o.by
LEFT JOIN acting_owners AS m ON m.person = p.manager
LEFT JOIN company_owner AS c;

-- Each person who is here and has somebody to talk with: the manager, else who answers for the company; a
-- head, who has people and no manager, talks with nobody. last_talk: the latest observation of
-- mood or method, or debrief. days_quiet: days since then; without any since the later of the person's first
-- day and the first observation of the book, before which nothing is known.
CREATE VIEW observation_people AS
WITH book AS (
    SELECT min(date) AS first_day FROM observations
),
talks AS (
    SELECT person, max(CASE WHEN is_talk THEN date END) AS last_talk,
           sum(CASE WHEN is_talk AND date > add_days(as_of(), -90) THEN 1 ELSE 0 END) AS talks_90,
           count(DISTINCT CASE WHEN is_talk = 0 AND date > add_days(as_of(), -365) THEN date END) AS team_events,
           sum(is_open) AS open_follow_ups
    FROM observation_rows
    GROUP BY person
)
SELECT p.person, n.name, p.region, coalesce(m.owner, c.owner) AS observer, t.last_talk,
       days_between(coalesce(t.last_talk, max(coalesce(p.hired, b.first_day), b.first_day)), as_of()) AS days_quiet,
       coalesce(t.talks_90, 0) AS talks_90, coalesce(t.team_events, 0) AS team_events,
       coalesce(t.open_follow_ups, 0) AS open_follow_ups
FROM people AS p
JOIN acting_owners AS a ON a.person = p.person AND a.present = 1
JOIN people_names AS n ON n.person = p.person
JOIN book AS b ON b.first_day IS NOT NULL
LEFT JOIN acting_owners AS m ON m.person = p.manager
LEFT JOIN company_owner AS c
LEFT JOIN talks AS t ON t.person = p.person
WHERE (p.hired IS NULL OR p.hired <= as_of())
  AND (p.manager IS NOT NULL OR NOT EXISTS (SELECT 1 FROM people AS o WHERE o.manager = p.person));

-- How it stands by scope (company, region): people, those not talked with for 30 and 60 days, and what is
-- open about them. Counts.
CREATE VIEW observation_now AS
WITH scoped AS (
    SELECT 'company' AS scope, 'company' AS of, person FROM observation_people
    UNION ALL
    SELECT 'region', w.within, p.person
    FROM observation_people AS p
    JOIN regions_within AS w ON w.region = p.region
)
SELECT s.scope, s.of, count(*) AS people_led, sum(CASE WHEN p.days_quiet >= 30 THEN 1 ELSE 0 END) AS quiet_people,
       sum(CASE WHEN p.days_quiet >= 60 THEN 1 ELSE 0 END) AS quiet_60, sum(p.open_follow_ups) AS open_follow_ups,
       sum(p.talks_90) AS talks_90
FROM scoped AS s
JOIN observation_people AS p ON p.person = s.person
GROUP BY s.scope, s.of;

-- Talks and team events by month and kind, of the last 12 months; an event counts once a day. Counts.
CREATE VIEW observation_by_month AS
SELECT month(date) AS month, kind,
       CASE kind WHEN 'event' THEN count(DISTINCT date) ELSE count(*) END AS observations
FROM observation_rows
WHERE month(date) > add_months(as_of_month(), -12)
GROUP BY month(date), kind;

-- Key figures by scope: people not talked with for 30 days, follow-ups open.
CREATE VIEW observation_scope_figures AS
SELECT scope, of, 33 AS rank, 'quiet_people' AS name, quiet_people AS value, NULL AS target, NULL AS before,
       NULL AS series
FROM observation_now
UNION ALL
SELECT scope, of, 33, 'open_follow_ups', open_follow_ups, NULL, NULL, NULL FROM observation_now;

-- The start page's figures: those of the company.
CREATE VIEW observation_figures AS
SELECT rank, name, value, target, before, series, 'observation' AS page, NULL AS key
FROM observation_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences: who was not talked with, what is open; of a person when they
-- were last talked with.
CREATE VIEW observation_findings AS
WITH scoped AS (
    SELECT 'company' AS scope, 'company' AS of, person FROM observation_people
    UNION ALL
    SELECT 'region', w.within, p.person
    FROM observation_people AS p
    JOIN regions_within AS w ON w.region = p.region
),
longest AS (
    SELECT s.scope, s.of, p.name, p.days_quiet,
           row_number() OVER (PARTITION BY s.scope, s.of ORDER BY p.days_quiet DESC, p.person) AS nth
    FROM scoped AS s
    JOIN observation_people AS p ON p.person = s.person
),
oldest AS (
    SELECT s.scope, s.of, min(r.date) AS date
    FROM scoped AS s
    JOIN observation_rows AS r ON r.person = s.person AND r.is_open = 1
    GROUP BY s.scope, s.of
),
lasts AS (
    SELECT person, by, date, row_number() OVER (PARTITION BY person ORDER BY date DESC, row DESC) AS nth
    FROM observation_rows
    WHERE is_talk = 1
)
SELECT n.scope, n.of, 131 AS rank,
       CASE n.quiet_people
       WHEN 0 THEN t(CASE n.people_led WHEN 1 THEN 'The one person was talked with in the last 30 days.'
                                       ELSE 'Each of {1} {1:person|people} was talked with in the last 30 days.' END, n.people_led)
       WHEN 1 THEN t('{1} has not been talked with for {2} days.', l.name, l.days_quiet)
       ELSE t('{1} people have not been talked with for 30 days, the longest is {2}: {3} days.', n.quiet_people, l.name,
              l.days_quiet) END AS text
FROM observation_now AS n
JOIN longest AS l ON l.scope = n.scope AND l.of = n.of AND l.nth = 1
UNION ALL
SELECT n.scope, n.of, 132,
       t(CASE n.open_follow_ups WHEN 1 THEN '1 follow-up is open, since {2}.'
                                ELSE '{1} follow-ups are open, the oldest since {2}.' END, n.open_follow_ups,
         date_text(o.date))
FROM observation_now AS n
JOIN oldest AS o ON o.scope = n.scope AND o.of = n.of
UNION ALL
SELECT 'person', p.person, 131,
       CASE WHEN p.last_talk IS NULL
            THEN t(CASE p.days_quiet WHEN 1 THEN 'Never talked with so far, in 1 day.'
                                     ELSE 'Never talked with so far, in {1} days.' END, p.days_quiet)
            ELSE concat(t('Last talked with on {1}', date_text(p.last_talk)),
                        CASE WHEN l.by IS NOT NULL THEN t(' by {1}', coalesce(b.name, l.by)) END,
                        CASE p.days_quiet WHEN 0 THEN t(', today')
                                          WHEN 1 THEN t(', 1 day ago') ELSE t(', {1} days ago', p.days_quiet) END,
                        t(CASE p.talks_90 WHEN 1 THEN '; 1 talk in 90 days.' ELSE '; {1} talks in 90 days.' END,
                          p.talks_90)) END
FROM observation_people AS p
LEFT JOIN lasts AS l ON l.person = p.person AND l.nth = 1
LEFT JOIN people_names AS b ON b.person = l.by;

-- What to act on, by who has to talk: each person without a talk for 60 days, the ten longest, the rest in
-- one line; those without one for 30 to 59 days in a line a manager; follow-ups open for more than 14 days
-- in a line a manager.
CREATE VIEW observation_exceptions AS
WITH quiet AS (
    SELECT person, name, observer, days_quiet,
           row_number() OVER (ORDER BY days_quiet DESC, person) AS nth
    FROM observation_people
    WHERE days_quiet >= 60
),
soon AS (
    SELECT observer, count(*) AS people, max(days_quiet) AS days, min(person) AS person, min(name) AS name
    FROM observation_people
    WHERE days_quiet BETWEEN 30 AND 59
    GROUP BY observer
),
late AS (
    SELECT actor, count(*) AS follow_ups, add_days(min(date), 15) AS since, max(days_open) AS days, min(person) AS person,
           count(DISTINCT person) AS people
    FROM observation_rows
    WHERE is_open = 1 AND person_present = 1 AND days_open > 14
    GROUP BY actor
)
SELECT concat('observation:quiet:', person) AS id, 2 AS severity, NULL AS cost, observer AS owner,
       t('{1} was not talked with for {2} days', name, days_quiet) AS text, 'person' AS page, person AS key,
       add_days(as_of(), 60 - days_quiet) AS since
FROM quiet
WHERE nth <= 10
UNION ALL
SELECT 'observation:quiet:others', 2, NULL, c.owner,
       t(CASE count(*) WHEN 1 THEN '1 more person was not talked with for 60 days'
                       ELSE '{1} more people were not talked with for 60 days' END, count(*)),
       'observation', NULL, add_days(as_of(), 60 - min(q.days_quiet))
FROM quiet AS q
LEFT JOIN company_owner AS c
WHERE q.nth > 10
GROUP BY c.owner
UNION ALL
SELECT concat('observation:soon:', observer), 3, NULL, observer,
       t(CASE people WHEN 1 THEN '{3} was not talked with for {2} days'
                     ELSE '{1} people were not talked with for 30 days or more, the longest for {2}' END, people, days, name),
       CASE people WHEN 1 THEN 'person' ELSE 'observation' END, CASE people WHEN 1 THEN person END,
       add_days(as_of(), 30 - days)
FROM soon
UNION ALL
SELECT concat('observation:follow-up:', actor), CASE WHEN days > 30 THEN 2 ELSE 3 END, NULL, actor,
       t(CASE follow_ups WHEN 1 THEN '1 follow-up of an observation is open for {2} {2:day|days}'
                         ELSE '{1} follow-ups of observations are open, the oldest for {2} {2:day|days}' END, follow_ups, days),
       CASE people WHEN 1 THEN 'person' ELSE 'observation' END, CASE people WHEN 1 THEN person END, since
FROM late;

-- Follow-ups done before they arose, and done though none was asked for.
CREATE VIEW observation_checks AS
SELECT 'warning' AS severity, 'observations' AS tbl, _row AS row, t('a follow-up was done before the observation') AS text,
       t('correct one of the two days') AS remedy
FROM observations
WHERE done < date AND follow_up IS NOT NULL
UNION ALL
SELECT 'warning', 'observations', _row, t('done, but nothing was to follow'),
       t('write into follow_up what was done, or leave done empty')
FROM observations
WHERE done IS NOT NULL AND follow_up IS NULL;
