-- Meetings: who comes to them, and what becomes of what was decided there. What is in the list after
-- the as-of date is still to come.

-- A meeting with its kind as people write it.
CREATE VIEW meetings_known AS
SELECT meeting, kind, concat(upper(substr(kind, 1, 1)), substr(kind, 2)) AS name, date, month(date) AS month, start,
       minutes, chair, place, CASE WHEN date <= as_of() THEN 1 ELSE 0 END AS held
FROM meetings;

-- ---- who comes ----

-- Invitations to meetings held, of the last 13 months, where it is known whether they were followed;
-- by person, kind and month. up_to_day: up to the as-of date's day of the month.
CREATE VIEW meetings_cells AS
SELECT a.person, m.kind, m.month, count(*) AS invited, sum(a.attended) AS attended,
       sum(substr(m.date, 9) <= substr(as_of(), 9)) AS invited_up_to_day,
       sum(a.attended AND substr(m.date, 9) <= substr(as_of(), 9)) AS attended_up_to_day
FROM attendance AS a
JOIN meetings_known AS m ON m.meeting = a.meeting
WHERE m.held = 1 AND a.attended IS NOT NULL AND m.month >= add_months(as_of_month(), -12)
GROUP BY a.person, m.kind, m.month;

-- Attendance by scope and month: came ÷ invited. A person counts for the team and the regions of that
-- month. No row where nobody was invited.
CREATE VIEW meetings_by_month AS
WITH scoped AS (
    SELECT 'company' AS scope, 'company' AS of, month, invited, attended, invited_up_to_day, attended_up_to_day
    FROM meetings_cells
    UNION ALL
    SELECT s.scope, s.of, c.month, c.invited, c.attended, c.invited_up_to_day, c.attended_up_to_day
    FROM meetings_cells AS c
    JOIN person_scopes AS s ON s.person = c.person AND c.month >= s.from_month AND c.month < s.before_month
)
SELECT scope, of, month, sum(invited) AS invited, sum(attended) AS attended,
       ratio(sum(attended), sum(invited)) AS meeting_attendance,
       ratio(sum(attended_up_to_day), sum(invited_up_to_day)) AS attendance_up_to_day
FROM scoped
GROUP BY scope, of, month;

-- The same of the month, of this and the two before it, and of this and the 11 before it. NULL where
-- nobody was invited.
CREATE VIEW meetings_standing AS
WITH sums AS (
    SELECT scope, of, sum(CASE WHEN month = as_of_month() THEN invited ELSE 0 END) AS invited_1,
           sum(CASE WHEN month = as_of_month() THEN attended ELSE 0 END) AS attended_1,
           sum(CASE WHEN month >= add_months(as_of_month(), -2) THEN invited ELSE 0 END) AS invited_3,
           sum(CASE WHEN month >= add_months(as_of_month(), -2) THEN attended ELSE 0 END) AS attended_3,
           sum(invited) AS invited_12, sum(attended) AS attended_12
    FROM meetings_by_month
    WHERE month > add_months(as_of_month(), -12)
    GROUP BY scope, of
)
SELECT scope, of, ratio(attended_1, invited_1) AS meeting_attendance, invited_1 AS meeting_attendance_n,
       ratio(attended_3, invited_3) AS attendance_3, invited_3 AS attendance_3_n,
       ratio(attended_12, invited_12) AS attendance_12, invited_12 AS attendance_12_n
FROM sums;

-- How those who are still here come to each kind of meeting, this month and the two before it. absent:
-- 1 where they missed more than half of five or more.
CREATE VIEW meetings_habits AS
SELECT c.person, n.name, c.kind, sum(c.invited) AS invited, sum(c.attended) AS attended,
       sum(c.invited) - sum(c.attended) AS missed, ratio(sum(c.attended), sum(c.invited)) AS attendance_3,
       CASE WHEN sum(c.invited) >= 5 AND sum(c.attended) * 2 < sum(c.invited) THEN 1 ELSE 0 END AS absent
FROM meetings_cells AS c
JOIN people_names AS n ON n.person = c.person
JOIN acting_owners AS a ON a.person = c.person AND a.present = 1
WHERE c.month >= add_months(as_of_month(), -2)
GROUP BY c.person, n.name, c.kind;

-- ---- what was decided ----

-- Actions of meetings held. owner: whose it is, and acting: who acts for them today. days: since it
-- was due, NULL unless it is open and overdue. in_time: 1 done by its day, 0 not, NULL while it can be
-- or where no day was set.
CREATE VIEW meetings_actions AS
SELECT x.action, x.meeting, m.name AS kind, m.date AS decided_on, x.owner, coalesce(a.owner, k.owner) AS acting,
       x.text, x.due, x.done, CASE WHEN x.done IS NULL AND x.due < as_of() THEN days_between(x.due, as_of()) END AS days,
       CASE WHEN x.done <= x.due THEN 1 WHEN x.done IS NOT NULL OR x.due < as_of()
            THEN CASE WHEN x.due IS NOT NULL THEN 0 END END AS in_time
FROM actions AS x
LEFT JOIN meetings_known AS m ON m.meeting = x.meeting
LEFT JOIN acting_owners AS a ON a.person = x.owner
LEFT JOIN company_owner AS k
WHERE coalesce(m.held, 1) = 1;

-- Actions by scope: open and overdue ones belong to who acts for their owner today; done in time of
-- those due in the last 12 months.
CREATE VIEW meetings_actions_now AS
WITH owned AS (
    SELECT CASE WHEN done IS NULL THEN acting ELSE owner END AS person, done, days, due, in_time FROM meetings_actions
),
scoped AS (
    SELECT 'company' AS scope, 'company' AS of, done, days, due, in_time FROM owned
    UNION ALL
    SELECT s.scope, s.of, o.done, o.days, o.due, o.in_time
    FROM owned AS o
    JOIN person_scopes AS s ON s.person = o.person AND s.from_month <= as_of_month() AND as_of_month() < s.before_month
)
SELECT scope, of, sum(done IS NULL) AS open_actions, count(days) AS overdue_actions, max(days) AS oldest_action,
       ratio(sum(CASE WHEN month(due) > add_months(as_of_month(), -12) THEN in_time END),
             count(CASE WHEN month(due) > add_months(as_of_month(), -12) THEN in_time END)) AS actions_in_time,
       count(CASE WHEN month(due) > add_months(as_of_month(), -12) THEN in_time END) AS actions_in_time_n
FROM scoped
GROUP BY scope, of;

-- ---- the calendar ----

-- Meetings of six weeks, from two before the as-of date's on: a text for each day.
CREATE VIEW meetings_calendar AS
WITH days_known AS (
    SELECT d.day, add_days(d.day, 1 - weekday(d.day)) AS first, weekday(d.day) AS nth
    FROM days(add_days(as_of(), -13 - weekday(as_of())), add_days(as_of(), 28 - weekday(as_of()))) AS d
),
words AS (
    SELECT date, group_concat(said, ', ') AS said
    FROM (SELECT date, CASE WHEN start IS NULL THEN lower(name) ELSE concat(substr(start, 1, 5), ' ', lower(name)) END AS said
          FROM meetings_known
          ORDER BY date, start, meeting)
    GROUP BY date
)
SELECT d.first, t('{1}–{2}', date_text(d.first), date_text(add_days(d.first, 6))) AS week_of,
       max(CASE d.nth WHEN 1 THEN w.said END) AS monday, max(CASE d.nth WHEN 2 THEN w.said END) AS tuesday,
       max(CASE d.nth WHEN 3 THEN w.said END) AS wednesday, max(CASE d.nth WHEN 4 THEN w.said END) AS thursday,
       max(CASE d.nth WHEN 5 THEN w.said END) AS friday,
       nullif(concat(max(CASE d.nth WHEN 6 THEN w.said END),
                     CASE WHEN count(CASE WHEN d.nth > 5 THEN w.said END) = 2 THEN ', ' END,
                     max(CASE d.nth WHEN 7 THEN w.said END)), '') AS weekend
FROM days_known AS d
LEFT JOIN words AS w ON w.date = d.day
GROUP BY d.first;

-- ---- the packs ----

-- For each kind of meeting the next one, today's among them until it is known who came. before: the last
-- one held of that kind, NULL where there was none.
CREATE VIEW meetings_next AS
WITH coming AS (
    SELECT m.meeting, m.kind, m.name, m.date, m.start, m.minutes, m.chair, m.place,
           row_number() OVER (PARTITION BY m.kind ORDER BY m.date, m.start, m.meeting) AS nth
    FROM meetings_known AS m
    WHERE m.date >= as_of()
      AND NOT EXISTS (SELECT 1 FROM attendance AS a WHERE a.meeting = m.meeting AND a.attended IS NOT NULL)
)
SELECT c.meeting, c.kind, c.name, c.date, c.start, c.minutes, c.chair, c.place, max(p.date) AS last_held
FROM coming AS c
LEFT JOIN meetings_known AS p ON p.kind = c.kind AND p.date < c.date AND p.held = 1
WHERE c.nth = 1
GROUP BY c.meeting, c.kind, c.name, c.date, c.start, c.minutes, c.chair, c.place;

-- The agenda of each of them: the book's own for its kind, else the usual one; minutes, where none are
-- given, by weight so that they make those of the meeting.
CREATE VIEW meetings_agenda AS
WITH usual AS (
    SELECT 'morning' AS kind, 1 AS seq, t('Figures of yesterday') AS item, 1 AS weight
    UNION ALL SELECT 'morning', 2, t('Visits and actions of today'), 2
    UNION ALL SELECT 'morning', 3, t('What stands in the way, and who removes it'), 2
    UNION ALL SELECT 'evening', 1, t('What the day brought'), 2
    UNION ALL SELECT 'evening', 2, t('What was learned from it'), 1
    UNION ALL SELECT 'evening', 3, t('Tomorrow'), 1
    UNION ALL SELECT 'weekly', 1, t('Actions of the last meeting'), 2
    UNION ALL SELECT 'weekly', 2, t('The week against its plan'), 2
    UNION ALL SELECT 'weekly', 3, t('What is new and needs attention'), 3
    UNION ALL SELECT 'weekly', 4, t('Visits and deals of the week to come'), 3
    UNION ALL SELECT 'weekly', 5, t('Decisions and actions'), 2
    UNION ALL SELECT 'monthly', 1, t('Actions of the last meeting'), 2
    UNION ALL SELECT 'monthly', 2, t('The month against its plan, by region'), 4
    UNION ALL SELECT 'monthly', 3, t('What needs attention, and who does what'), 5
    UNION ALL SELECT 'monthly', 4, t('The plan for the next month'), 4
    UNION ALL SELECT 'monthly', 5, t('People and training'), 2
    UNION ALL SELECT 'monthly', 6, t('Decisions and actions'), 3
    UNION ALL SELECT NULL, 1, t('Actions of the last meeting'), 1
    UNION ALL SELECT NULL, 2, t('What needs attention'), 2
    UNION ALL SELECT NULL, 3, t('Decisions and actions'), 1
),
chosen AS (
    SELECT n.meeting, n.minutes AS whole, a.seq, a.item, a.minutes, 1 AS weight
    FROM meetings_next AS n
    JOIN agendas AS a ON a.kind = n.kind
    UNION ALL
    SELECT n.meeting, n.minutes, u.seq, u.item, NULL, u.weight
    FROM meetings_next AS n
    JOIN usual AS u ON u.kind IS CASE WHEN n.kind IN ('morning', 'evening', 'weekly', 'monthly') THEN n.kind END
    WHERE NOT EXISTS (SELECT 1 FROM agendas AS a WHERE a.kind = n.kind)
),
given AS (
    SELECT meeting, count(minutes) AS given FROM chosen GROUP BY meeting
),
shares AS (
    SELECT meeting, share_out(whole, weight, seq) AS share FROM chosen GROUP BY meeting
)
SELECT c.meeting, c.seq AS agenda_seq, c.item AS agenda_item,
       CASE WHEN g.given > 0 THEN c.minutes ELSE s.share ->> c.seq END AS agenda_minutes
FROM chosen AS c
JOIN given AS g ON g.meeting = c.meeting
JOIN shares AS s ON s.meeting = c.meeting;

-- ---- what the whole reads ----

-- Key figures of each scope. before: attendance of the same month of last year, up to the same day. n: cases
-- of a rate.
CREATE VIEW meetings_scope_figures AS
WITH trend AS (
    SELECT scope, of, series(month, meeting_attendance) AS series FROM meetings_by_month GROUP BY scope, of
)
SELECT s.scope, s.of, 32 AS rank, 'meeting_attendance' AS name, s.meeting_attendance AS value, NULL AS target,
       b.attendance_up_to_day AS before, r.series, s.meeting_attendance_n AS n,
       t('Attendance this month') AS label
FROM meetings_standing AS s
LEFT JOIN meetings_by_month AS b ON b.scope = s.scope AND b.of = s.of AND b.month = add_months(as_of_month(), -12)
LEFT JOIN trend AS r ON r.scope = s.scope AND r.of = s.of
WHERE s.meeting_attendance_n > 0
UNION ALL
SELECT scope, of, 32, 'overdue_actions', overdue_actions, NULL, NULL, NULL, NULL, NULL FROM meetings_actions_now WHERE open_actions > 0;

-- The start page's figures: those of the company.
CREATE VIEW meetings_figures AS
SELECT rank, name, value, target, before, series, 'meetings' AS page, NULL AS key, n
FROM meetings_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences: actions; attendance; who misses one kind of meeting;
-- the next meeting.
CREATE VIEW meetings_findings AS
WITH absent AS (
    SELECT person, name, kind, invited, missed, count(*) OVER () AS people,
           row_number() OVER (ORDER BY missed DESC, person, kind) AS nth
    FROM meetings_habits
    WHERE absent = 1
)
SELECT scope, of, 121 AS rank,
       CASE WHEN overdue_actions = 0
            THEN t(CASE open_actions WHEN 1 THEN '1 action of meetings is open, and not overdue.'
                                     ELSE '{1} actions of meetings are open, none of them overdue.' END, open_actions)
            ELSE t(CASE WHEN open_actions = 1 AND oldest_action = 1 THEN '1 action of meetings is open, overdue for 1 day.'
                        WHEN open_actions = 1 THEN '1 action of meetings is open, overdue for {3} {3:day|days}.'
                        WHEN oldest_action = 1 THEN '{1} actions of meetings are open, {2} overdue, for 1 day.'
                        WHEN overdue_actions = 1 THEN '{1} actions of meetings are open, 1 overdue, for {3} {3:day|days}.'
                        ELSE '{1} actions of meetings are open, {2} overdue, the oldest for {3} {3:day|days}.' END,
                   open_actions, overdue_actions, oldest_action) END AS text
FROM meetings_actions_now
WHERE open_actions > 0
UNION ALL
SELECT scope, of, 122,
       t('Of {1} {1:invitation|invitations} to meetings of the last 12 months, {2} {1:was|were} followed.', attendance_12_n, percent(attendance_12))
FROM meetings_standing
WHERE attendance_12_n > 1
UNION ALL
SELECT 'person', person, 123, group_concat(text, ' ') -- one value, of all kinds that the person misses
FROM (SELECT person, t('{1} of {2} {2:meeting|meetings} ({3}) of the last 3 months {1:was|were} missed.', missed, invited, kind) AS text
      FROM absent
      ORDER BY nth)
GROUP BY person
UNION ALL
SELECT 'company', 'company', 123,
       concat(t('{1} missed {2} of {3} {3:meeting|meetings} ({4}) of the last 3 months', name, missed, invited, kind),
              CASE WHEN people = 2 THEN t(', and there is 1 more like it')
                   WHEN people > 2 THEN t(', and there are {1} more like it', people - 1) END, '.')
FROM absent
WHERE nth = 1;

-- What to act on: overdue actions, ten and the rest in one line; act now from 60 days on. Who misses
-- most meetings of a kind, for their manager.
CREATE VIEW meetings_exceptions AS
WITH overdue AS (
    SELECT action, kind, decided_on, acting, text, due, days, row_number() OVER (ORDER BY days DESC, action) AS nth
    FROM meetings_actions
    WHERE days IS NOT NULL
),
absent AS (
    SELECT h.person, h.name, h.kind, h.invited, h.missed, coalesce(a.owner, k.owner) AS owner,
           row_number() OVER (ORDER BY h.missed DESC, h.person, h.kind) AS nth
    FROM meetings_habits AS h
    JOIN people AS p ON p.person = h.person
    LEFT JOIN acting_owners AS a ON a.person = p.manager
    LEFT JOIN company_owner AS k
    WHERE h.absent = 1
)
SELECT concat('meetings:action:', action) AS id, CASE WHEN days >= 60 THEN 1 ELSE 2 END AS severity, NULL AS cost,
       acting AS owner, t('Was to be done by {1}: {2}', date_text(due), text) AS text,
       CASE WHEN acting IS NULL THEN 'meetings' ELSE 'person' END AS page, acting AS key, add_days(due, 1) AS since
FROM overdue
WHERE nth <= 10
UNION ALL
SELECT 'meetings:action:others', 2, NULL, k.owner,
       t(CASE count(*) WHEN 1 THEN '1 more action of meetings is overdue'
                       ELSE '{1} more actions of meetings are overdue' END, count(*)),
       'meetings', NULL, add_days(min(o.due), 1)
FROM overdue AS o
LEFT JOIN company_owner AS k
WHERE o.nth > 10
GROUP BY k.owner
UNION ALL
SELECT concat('meetings:absent:', kind, ':', person), 3, NULL, owner,
       t('{1} missed {2} of {3} {3:meeting|meetings} ({4}) of the last 3 months', name, missed, invited, kind), 'person', person,
       month_first(add_months(as_of_month(), -2))
FROM absent
WHERE nth <= 10;

-- By person and month: attendance; actions done in time of those due in the month.
CREATE VIEW meetings_measures AS
SELECT of AS person, month, 'meeting_attendance' AS measure, meeting_attendance AS value
FROM meetings_by_month
WHERE scope = 'person'
UNION ALL
SELECT owner, month(due), 'actions_kept', ratio(sum(in_time), count(in_time))
FROM meetings_actions
WHERE in_time IS NOT NULL AND owner IS NOT NULL
GROUP BY owner, month(due);

-- Meetings to come, with their end where start and length are known, and days on which open actions are
-- due.
CREATE VIEW meetings_events AS
WITH clocks AS (
    SELECT meeting, substr(start, 1, 2) * 60 + substr(start, 4, 2) + coalesce(minutes, 0) AS minute FROM meetings_known
),
ends AS (
    SELECT meeting, minute, CAST(minute / 1440.0 AS INTEGER) AS days,
           CAST((minute % 1440) / 60.0 AS INTEGER) AS hour
    FROM clocks
)
SELECT concat('meeting-', m.meeting) AS uid,
       CASE WHEN m.start IS NULL THEN m.date ELSE concat(m.date, ' ', substr(m.start, 1, 5)) END AS starts,
       CASE WHEN m.start IS NULL THEN m.date
            ELSE concat(add_days(m.date, e.days), ' ', substr(concat('0', e.hour), -2), ':', substr(concat('0', e.minute % 60), -2)) END AS ends,
       m.chair AS owner,
       CASE WHEN m.place IS NULL THEN t('{1} meeting', m.name) ELSE t('{1} meeting, {2}', m.name, m.place) END AS title,
       'meetings' AS page, NULL AS key
FROM meetings_known AS m
JOIN ends AS e ON e.meeting = m.meeting
WHERE m.date >= as_of()
UNION ALL
SELECT concat('action-', action), due, due, acting, t('Due: {1}', text),
       CASE WHEN acting IS NULL THEN 'meetings' ELSE 'person' END, acting
FROM meetings_actions
WHERE done IS NULL AND due >= as_of();

-- Actions due or done before they were decided; who came to a meeting before they were hired or after
-- they left.
CREATE VIEW meetings_checks AS
SELECT 'warning' AS severity, 'attendance' AS tbl, min(a._row) AS row,
       t('{1} came to meeting {2} on {3}, without being employed then', a.person, min(a.meeting), date_text(min(m.date)))
           AS text,
       t('correct the list, or hired and left in people.csv') AS remedy
FROM attendance AS a
JOIN meetings_known AS m ON m.meeting = a.meeting
JOIN people AS p ON p.person = a.person
WHERE a.attended = 1 AND (p.hired > m.date OR p.left < m.date)
GROUP BY a.person
UNION ALL
SELECT 'warning', 'actions', x._row,
       t(CASE WHEN x.done < m.date THEN 'action {1} was done before the meeting of {2} in which it was decided'
              ELSE 'action {1} was due before the meeting of {2} in which it was decided' END, x.action, date_text(m.date)),
       t('correct one of the two days')
FROM actions AS x
JOIN meetings_known AS m ON m.meeting = x.meeting
WHERE x.done < m.date OR x.due < m.date;
