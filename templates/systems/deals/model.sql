-- Deals as mind maps: what is known by five factors, as known at the as-of date.

-- The five factors of a deal, and what has to be asked where nothing is known of one.
CREATE VIEW deals_factors AS
SELECT 'people' AS factor, 1 AS seq, t('People') AS name, t('the people') AS the_name,
       t('Who decides, who advises, who carries it out?') AS question
UNION ALL
SELECT 'money', 2, t('Money'), t('the money'), t('Is the budget set, where does it come from, who releases it?')
UNION ALL
SELECT 'time', 3, t('Time'), t('the time'), t('When is it decided, and what has to come before?')
UNION ALL
SELECT 'arrangement', 4, t('Arrangement'), t('the arrangement'), t('How will it be bought, and by which steps?')
UNION ALL
SELECT 'competitors', 5, t('Competitors'), t('the competitors'), t('Who else offers, what, and on whose recommendation?');

-- Open deals, and who is asked about each: who leads it, or acts for them. late: 1 in the second
-- half of the stages, where an unknown factor costs the deal. late_since: the day on which it came there
-- from the first half; NULL where its stages have no history.
CREATE VIEW deals_open AS
WITH halves AS (
    SELECT stage, CASE WHEN 2 * row_number() OVER (ORDER BY seq, stage) > count(*) OVER () THEN 1 ELSE 0 END AS late
    FROM funnel_stages
)
SELECT d.deal, d.name, d.customer, d.person, d.region, d.amount, d.opened, d.stage, d.stage_name, h.late,
       (SELECT min(s.entered) FROM deal_stages AS s JOIN halves AS l ON l.stage = s.stage AND l.late = 1
        WHERE s.deal = d.deal
          AND s.entered >= coalesce((SELECT max(e.entered) FROM deal_stages AS e JOIN halves AS k ON k.stage = e.stage AND k.late = 0
                                     WHERE e.deal = d.deal), '')) AS late_since,
       coalesce(a.owner, c.owner) AS owner
FROM funnel_deals AS d
JOIN halves AS h ON h.stage = d.stage
LEFT JOIN acting_owners AS a ON a.person = d.person
LEFT JOIN company_owner AS c
WHERE d.state = 'open';

-- Each factor of each open deal: its notes, the latest of them, and the days since (without a note
-- since the deal was opened). state: unknown without a note, silent from the 30th day after the
-- latest one, else fresh.
CREATE VIEW deals_factor_states AS
WITH numbered AS (
    SELECT n.deal, n.factor, n.date, n.note,
           row_number() OVER (PARTITION BY n.deal, n.factor ORDER BY n.date DESC, n._row DESC) AS from_last
    FROM deal_notes AS n
),
counted AS (
    SELECT deal, factor, count(*) AS notes, max(date) AS last_noted,
           max(CASE WHEN from_last = 1 THEN note END) AS last_note
    FROM numbered
    GROUP BY deal, factor
)
SELECT d.deal, d.name, d.person, d.owner, d.region, d.amount, d.stage_name, d.late, d.opened, f.factor, f.seq,
       f.name AS factor_name, f.the_name, f.question, coalesce(c.notes, 0) AS notes, c.last_noted, c.last_note,
       days_between(coalesce(c.last_noted, d.opened), as_of()) AS days_silent,
       CASE WHEN c.notes IS NULL THEN 'unknown'
            WHEN days_between(c.last_noted, as_of()) >= 30 THEN 'silent' ELSE 'fresh' END AS state
FROM deals_open AS d
JOIN deals_factors AS f
LEFT JOIN counted AS c ON c.deal = d.deal AND c.factor = f.factor;

-- What the next debrief has to ask: one line a factor that is unknown or silent.
CREATE VIEW deals_questions AS
SELECT deal, name, person, owner, region, amount, stage_name, factor, seq, factor_name, last_noted, days_silent, state,
       CASE state WHEN 'unknown' THEN question ELSE t('Does it still hold? “{1}”', last_note) END AS question
FROM deals_factor_states
WHERE state <> 'fresh';

-- A line a deal: days since the latest note of each factor, NULL where nothing is known; and of all.
CREATE VIEW deals_matrix AS
SELECT deal, name, person, owner, amount, stage_name, opened,
       max(CASE WHEN factor = 'people' AND notes > 0 THEN days_silent END) AS people,
       max(CASE WHEN factor = 'money' AND notes > 0 THEN days_silent END) AS money,
       max(CASE WHEN factor = 'time' AND notes > 0 THEN days_silent END) AS time,
       max(CASE WHEN factor = 'arrangement' AND notes > 0 THEN days_silent END) AS arrangement,
       max(CASE WHEN factor = 'competitors' AND notes > 0 THEN days_silent END) AS competitors,
       sum(CASE WHEN state <> 'fresh' THEN 1 ELSE 0 END) AS questions, sum(notes) AS notes,
       max(last_noted) AS last_noted, min(days_silent) AS days_silent
FROM deals_factor_states
GROUP BY deal, name, person, owner, amount, stage_name, opened;

-- The mind map of each open deal: the deal, its factors, their topics (the one with the latest news
-- first), notes newest first; its last visits and calls. A factor of which nothing is known carries
-- its question.
CREATE VIEW deals_map AS
WITH notes AS (
    SELECT n.deal, n.factor, n.topic, n.date, n.note, n._row AS row,
           max(concat(n.date, substr(concat('00000000', n._row), -9))) OVER (PARTITION BY n.deal, n.factor, n.topic) AS latest
    FROM deal_notes AS n
    JOIN deals_open AS d ON d.deal = n.deal
),
topics AS (
    SELECT deal, factor, topic, max(latest) AS latest
    FROM notes
    WHERE topic IS NOT NULL
    GROUP BY deal, factor, topic
),
visited AS (
    SELECT DISTINCT v.deal FROM visits_of_deal AS v JOIN deals_open AS d ON d.deal = v.deal
)
SELECT deal, 'deal' AS id, NULL AS parent, name AS label, NULL AS page, NULL AS key, 0 AS depth, 0 AS seq, '' AS latest
FROM deals_open
UNION ALL
SELECT deal, concat('factor ', factor), 'deal', factor_name, NULL, NULL, 1, seq, '' FROM deals_factor_states
UNION ALL
SELECT deal, concat('question ', factor), concat('factor ', factor), question, NULL, NULL, 2, seq, ''
FROM deals_factor_states
WHERE state = 'unknown'
UNION ALL
SELECT p.deal, concat('topic ', p.factor, ' ', p.topic), concat('factor ', p.factor), p.topic, NULL, NULL, 2, f.seq, p.latest
FROM topics AS p
JOIN deals_factors AS f ON f.factor = p.factor
UNION ALL
SELECT n.deal, concat('note ', n.row),
       CASE WHEN n.topic IS NULL THEN concat('factor ', n.factor) ELSE concat('topic ', n.factor, ' ', n.topic) END,
       concat(date_text(n.date), ': ', n.note), NULL, NULL, 3, f.seq, concat(n.date, substr(concat('00000000', n.row), -9))
FROM notes AS n
JOIN deals_factors AS f ON f.factor = n.factor
UNION ALL
SELECT deal, 'visits', 'deal', t('Visits'), NULL, NULL, 1, 99, '' FROM visited
UNION ALL
SELECT v.deal, concat('visit ', v._row), 'visits',
       concat(date_text(v.date), ', ', p.name, ': ', coalesce(v.result, v.kind)),
       NULL, NULL, 2, 99, concat(v.date, substr(concat('00000000', v._row), -9))
FROM visits_of_deal AS v
JOIN visited AS o ON o.deal = v.deal
JOIN people_names AS p ON p.person = v.person;

-- Questions by scope: company, region by the customer's region (else the person's), person who is
-- asked: who leads the deal, or acts for them. fresh = factors with a note of the last 30 days ÷ five for each open deal; NULL without
-- open deals.
CREATE VIEW deals_debrief AS
WITH cells AS (
    SELECT 'company' AS scope, 'company' AS of, deal, state FROM deals_factor_states
    UNION ALL
    SELECT 'region', w.within, s.deal, s.state
    FROM deals_factor_states AS s
    JOIN regions_within AS w ON w.region = s.region
    UNION ALL
    SELECT 'person', owner, deal, state FROM deals_factor_states WHERE owner IS NOT NULL
)
SELECT scope, of, count(DISTINCT deal) AS deals, count(*) AS factors,
       count(DISTINCT CASE WHEN state <> 'fresh' THEN deal END) AS deals_asked,
       count(CASE WHEN state <> 'fresh' THEN 1 END) AS questions,
       count(CASE WHEN state = 'unknown' THEN 1 END) AS unknown,
       count(CASE WHEN state = 'silent' THEN 1 END) AS silent,
       ratio(count(CASE WHEN state = 'fresh' THEN 1 END), count(*)) AS fresh
FROM cells
GROUP BY scope, of;

-- ---- what the whole reads ----

-- Key figures of each scope that has open deals.
CREATE VIEW deals_scope_figures AS
SELECT scope, of, 31 AS rank, 'debrief_questions' AS name, questions AS value, NULL AS target, NULL AS before,
       NULL AS series
FROM deals_debrief;

-- The start page's figures: those of the company.
CREATE VIEW deals_figures AS
SELECT rank, name, value, target, before, series, 'deals' AS page, NULL AS key
FROM deals_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences, by scope; of the company also which factor is known least.
CREATE VIEW deals_findings AS
WITH least AS (
    SELECT the_name, count(*) AS deals FROM deals_factor_states WHERE state = 'unknown' GROUP BY factor, the_name
    ORDER BY count(*) DESC, max(seq) LIMIT 1
)
SELECT scope, of, 110 AS rank,
       CASE WHEN questions = 0
            THEN t(CASE deals WHEN 1 THEN 'Nothing is open for the debrief of the 1 open deal.'
                              ELSE 'Nothing is open for the debrief of the {1} open deals.' END, deals)
            ELSE t('{1} on {2} for the next debrief: {3}.',
                   CASE questions WHEN 1 THEN t('1 question') ELSE t('{1} questions', questions) END,
                   CASE deals WHEN 1 THEN t('the 1 open deal')
                              ELSE t('{1} of {2} open deals', deals_asked, deals) END,
                   CASE WHEN silent = 0 THEN t('nothing is known of these factors')
                        WHEN unknown = 0 THEN t('nothing new has come for 30 days')
                        ELSE t('of {1} nothing is known, of {2} nothing new has come for 30 days', unknown, silent)
                   END) END AS text
FROM deals_debrief
UNION ALL
SELECT 'company', 'company', 111,
       t(CASE l.deals WHEN 1 THEN 'Least is known of {1}: nothing in 1 open deal.'
                      ELSE 'Least is known of {1}: nothing in {2} open deals.' END, l.the_name, l.deals)
FROM least AS l;

-- Deals in the second half of the stages with a factor of which nothing is known, the ten largest a
-- line each, the rest together; and who has not brought a note on a deal for 30 days, a line a
-- person. cost: value of the deals.
CREATE VIEW deals_exceptions AS
WITH blind AS (
    SELECT deal, name, owner, amount, stage_name, opened, group_concat(the_name, ', ') AS factors
    FROM (SELECT deal, name, owner, amount, stage_name, opened, the_name
          FROM deals_factor_states WHERE state = 'unknown' AND late = 1 ORDER BY deal, seq)
    GROUP BY deal, name, owner, amount, stage_name, opened
),
ranked AS (
    SELECT b.deal, b.name, b.owner, b.amount, b.stage_name, b.factors, coalesce(o.late_since, b.opened) AS since,
           row_number() OVER (ORDER BY b.amount DESC, b.deal) AS nth
    FROM blind AS b
    JOIN deals_open AS o ON o.deal = b.deal
),
quiet AS (
    SELECT owner, count(*) AS deals, sum(amount) AS amount, add_days(min(coalesce(last_noted, opened)), 30) AS since
    FROM deals_matrix
    WHERE days_silent >= 30
    GROUP BY owner
)
SELECT concat('deals:unknown:', deal) AS id, 2 AS severity, amount AS cost, owner,
       t('{1}: in stage {2}, and nothing is known of {3}', name, stage_name, factors) AS text,
       'deal' AS page, deal AS key, since
FROM ranked
WHERE nth <= 10
UNION ALL
SELECT 'deals:unknown', 2, sum(r.amount), max(c.owner),
       t(CASE count(*) WHEN 1 THEN '1 more deal in a late stage lacks a factor'
                       ELSE '{1} more deals in late stages lack a factor' END, count(*)),
       'deals', NULL, min(r.since)
FROM ranked AS r
LEFT JOIN company_owner AS c
WHERE r.nth > 10
HAVING count(*) > 0
UNION ALL
SELECT concat('deals:quiet:', owner), 3, amount, owner,
       t(CASE deals WHEN 1 THEN '1 open deal without a note for 30 days'
                    ELSE '{1} open deals without a note for 30 days' END, deals),
       CASE WHEN owner IS NULL THEN 'deals' ELSE 'person' END, owner, since
FROM quiet;

-- Notes of a month on the deals that a person leads. A count.
CREATE VIEW deals_measures AS
SELECT d.person, month(n.date) AS month, 'deal_notes_taken' AS measure, count(*) AS value
FROM deal_notes AS n
JOIN deals AS d ON d.deal = n.deal
WHERE d.person IS NOT NULL
GROUP BY d.person, month(n.date);

-- Notes older than their deal.
CREATE VIEW deals_checks AS
SELECT 'warning' AS severity, 'deal_notes' AS tbl, n._row AS row,
       t('the note on deal {1} is of {2}, before the deal was opened on {3}', n.deal, date_text(n.date),
         date_text(d.opened)) AS text,
       t('correct one of the two days') AS remedy
FROM deal_notes AS n
JOIN deals AS d ON d.deal = n.deal
WHERE n.date < d.opened;
