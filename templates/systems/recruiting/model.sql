-- Recruiting: how far candidates have come, how long they wait, and how they match what is wanted.

-- The stages that a candidate goes through, in their order. refused and withdrawn are ends, no stages.
CREATE VIEW recruiting_stages AS
SELECT column1 AS stage, column2 AS seq, column3 AS name
FROM (VALUES ('applied', 1, t('Applied')), ('screening', 2, t('Screening')), ('interview', 3, t('Interview')),
             ('offer', 4, t('Offer')), ('hired', 5, t('Hired')));

-- Each candidate as they stand at the as-of date. reached: seq of the furthest stage that is known: that
-- of the stage; an interview where a match was scored; of refused and withdrawn ones no more is known.
-- waits: days since the application of one who is open; days_to_hire: from the application to the day
-- on which the candidate accepted, NULL without that day. recent: applied in the last 12 months.
-- actor: who answers the candidate, or acts for them, else who answers for the company.
CREATE VIEW recruiting_candidates AS
SELECT c.candidate, c.position, c.source, c.applied, c.stage, c.decided, c.experience, c.development, c.personality,
       c.expectation, coalesce(a.owner, k.owner) AS actor, c._row AS row,
       CASE WHEN c.stage IN ('hired', 'refused', 'withdrawn') THEN 0 ELSE 1 END AS is_open,
       max(coalesce(s.seq, 1),
           CASE WHEN coalesce(c.experience, c.development, c.personality, c.expectation) IS NOT NULL
                THEN 3 ELSE 1 END) AS reached,
       CASE WHEN c.stage NOT IN ('hired', 'refused', 'withdrawn') THEN days_between(c.applied, as_of()) END AS waits,
       CASE WHEN c.stage = 'hired' AND c.decided >= c.applied THEN days_between(c.applied, c.decided) END AS days_to_hire,
       CASE WHEN month(c.applied) > add_months(as_of_month(), -12) THEN 1 ELSE 0 END AS recent
FROM candidates AS c
LEFT JOIN recruiting_stages AS s ON s.stage = c.stage
LEFT JOIN acting_owners AS a ON a.person = c.owner
LEFT JOIN company_owner AS k;

-- Where each candidate stands, in one sentence; a day that is not known is not told.
CREATE VIEW recruiting_candidate_words AS
SELECT candidate,
       concat(CASE WHEN stage = 'hired' THEN CASE WHEN decided IS NULL THEN t('Hired') ELSE t('Hired on {1}', date_text(decided)) END
                   WHEN stage = 'refused'
                   THEN CASE WHEN decided IS NULL THEN t('Refused') ELSE t('Refused on {1}', date_text(decided)) END
                   WHEN stage = 'withdrawn'
                   THEN CASE WHEN decided IS NULL THEN t('Withdrew') ELSE t('Withdrew on {1}', date_text(decided)) END
                   ELSE t('At {1}', stage) END,
              CASE WHEN coalesce(days_to_hire, waits) = 1 THEN t(', 1 day after applying')
                   WHEN coalesce(days_to_hire, waits) IS NOT NULL
                   THEN t(', {1} {1:day|days} after applying', coalesce(days_to_hire, waits)) END, '.') AS text
FROM recruiting_candidates;

-- The four matches of each candidate that were scored, against the profile of the position; wanted is NULL
-- without a profile.
CREATE VIEW recruiting_matches AS
WITH scores AS (
    SELECT candidate, position, 1 AS seq, t('Experience') AS name, experience AS score FROM recruiting_candidates
    UNION ALL
    SELECT candidate, position, 2, t('Development'), development FROM recruiting_candidates
    UNION ALL
    SELECT candidate, position, 3, t('Personality'), personality FROM recruiting_candidates
    UNION ALL
    SELECT candidate, position, 4, t('Expectation'), expectation FROM recruiting_candidates
)
SELECT s.candidate, s.position, s.seq, s.name, s.score,
       CASE s.seq WHEN 1 THEN p.experience WHEN 2 THEN p.development WHEN 3 THEN p.personality
                  ELSE p.expectation END AS wanted
FROM scores AS s
LEFT JOIN profiles AS p ON p.position = s.position
WHERE s.score IS NOT NULL;

-- How a candidate fits: the mean over the scored matches of score ÷ wanted, each at most 1, so that much of
-- one does not make up for little of another. NULL where nothing is scored or wanted. below: which matches
-- are lower than wanted, the furthest first.
CREATE VIEW recruiting_fit AS
WITH lower_ones AS (
    SELECT candidate,
           group_concat(t('{1} {2} of {3}', lower(name),
                          format(score, CASE WHEN score = round(score) THEN 'integer' ELSE 'number1' END),
                          format(wanted, CASE WHEN wanted = round(wanted) THEN 'integer' ELSE 'number1' END)),
                        ', ') AS below,
           count(*) AS matches
    FROM (SELECT candidate, name, score, wanted FROM recruiting_matches WHERE score < wanted
          ORDER BY candidate, wanted - score DESC, seq)
    GROUP BY candidate
)
SELECT m.candidate, avg(min(ratio(m.score, m.wanted), 1.0)) AS profile_fit, l.below, coalesce(l.matches, 0) AS matches_below
FROM recruiting_matches AS m
LEFT JOIN lower_ones AS l ON l.candidate = m.candidate
WHERE m.wanted IS NOT NULL
GROUP BY m.candidate, l.below, l.matches;

-- Candidates of the last 12 months, whole and by position and source: how far they came, and what became of
-- them; those open, whenever they applied. hire_rate: hired ÷ decided, NULL while none is decided.
-- time_to_hire: median of those who accepted in the last 12 months, whenever they applied. Counts, days.
CREATE VIEW recruiting_groups AS
WITH groups AS (
    SELECT 'all' AS part, '' AS of, candidate FROM recruiting_candidates
    UNION ALL
    SELECT 'position', position, candidate FROM recruiting_candidates
    UNION ALL
    SELECT 'source', source, candidate FROM recruiting_candidates WHERE source IS NOT NULL
)
SELECT g.part, g.of, sum(c.recent) AS applicants, sum(c.recent AND c.reached >= 3) AS interviewed,
       sum(c.recent AND c.reached >= 4) AS offered, sum(c.recent AND c.stage = 'hired') AS hires,
       sum(c.recent AND c.stage = 'refused') AS turned_away, sum(c.recent AND c.stage = 'withdrawn') AS withdrawals,
       sum(c.is_open) AS open_candidates, max(c.waits) AS waits,
       ratio(sum(c.recent AND c.stage = 'hired'), sum(c.recent AND NOT c.is_open)) AS hire_rate,
       sum(c.recent AND NOT c.is_open) AS hire_rate_n,
       median(CASE WHEN month(c.decided) > add_months(as_of_month(), -12) THEN c.days_to_hire END) AS time_to_hire,
       count(CASE WHEN month(c.decided) > add_months(as_of_month(), -12) THEN c.days_to_hire END) AS timed_hires,
       median(CASE WHEN month(c.decided) > add_months(as_of_month(), -24)
                    AND month(c.decided) <= add_months(as_of_month(), -12) THEN c.days_to_hire END) AS time_before
FROM groups AS g
JOIN recruiting_candidates AS c ON c.candidate = g.candidate
GROUP BY g.part, g.of;

-- The funnel of the candidates of the last 12 months: how many came to each stage at least, so far as is
-- known. Counts.
CREATE VIEW recruiting_funnel AS
SELECT s.stage, s.seq, s.name, count(c.candidate) AS candidates
FROM recruiting_stages AS s
LEFT JOIN recruiting_candidates AS c ON c.recent = 1 AND c.reached >= s.seq
GROUP BY s.stage, s.seq, s.name;

-- Key figures of the company: candidates open, time to hire.
CREATE VIEW recruiting_scope_figures AS
SELECT 'company' AS scope, 'company' AS of, 27 AS rank, 'open_candidates' AS name, open_candidates AS value,
       NULL AS target, NULL AS before, NULL AS series
FROM recruiting_groups
WHERE part = 'all'
UNION ALL
SELECT 'company', 'company', 27, 'time_to_hire', time_to_hire, NULL, time_before, NULL
FROM recruiting_groups
WHERE part = 'all' AND time_to_hire IS NOT NULL;

-- The start page's figures.
CREATE VIEW recruiting_figures AS
SELECT rank, name, value, target, before, series, 'recruiting' AS page, NULL AS key FROM recruiting_scope_figures;

-- What follows from the figures, in sentences: who is open and waits longest; what became of the last 12
-- months; who is close to being hired and below the profile.
CREATE VIEW recruiting_findings AS
WITH longest AS (
    SELECT candidate, waits FROM recruiting_candidates WHERE is_open = 1 ORDER BY waits DESC, candidate LIMIT 1
),
doubtful AS (
    SELECT c.candidate, c.stage, f.below, count(*) OVER () AS candidates,
           row_number() OVER (ORDER BY c.reached DESC, f.profile_fit, c.candidate) AS nth
    FROM recruiting_candidates AS c
    JOIN recruiting_fit AS f ON f.candidate = c.candidate AND f.matches_below > 0
    WHERE c.is_open = 1
)
SELECT 'company' AS scope, 'company' AS of, 71 AS rank,
       CASE g.open_candidates
       WHEN 0 THEN t('No candidate is open.')
       WHEN 1 THEN t(CASE l.waits WHEN 1 THEN '1 candidate is open: {1}, for 1 day.'
                                  ELSE '1 candidate is open: {1}, for {2} {2:day|days}.' END, l.candidate, l.waits)
       ELSE t(CASE l.waits WHEN 1 THEN '{1} candidates are open; {2} waits longest, for 1 day.'
                           ELSE '{1} candidates are open; {2} waits longest, for {3} {3:day|days}.' END,
              g.open_candidates, l.candidate, l.waits) END AS text
FROM recruiting_groups AS g
LEFT JOIN longest AS l
WHERE g.part = 'all'
UNION ALL
SELECT 'company', 'company', 72,
       concat(t(CASE applicants WHEN 1 THEN '1 candidate applied in the last 12 months'
                                ELSE '{1} candidates applied in the last 12 months' END, applicants),
              t(CASE hires WHEN 0 THEN ', none of them was hired' WHEN 1 THEN ', 1 of them was hired'
                           ELSE ', {1} of them were hired' END, hires),
              CASE WHEN time_to_hire IS NOT NULL
                   THEN t(CASE WHEN timed_hires = 1 AND round(time_to_hire) = 1
                               THEN '; the 1 who accepted in that time had applied 1 day before'
                               WHEN timed_hires = 1 THEN '; the 1 who accepted in that time had applied {1} {1:day|days} before'
                               WHEN round(time_to_hire) = 1
                               THEN '; the {2} who accepted in that time had applied 1 day before (median)'
                               ELSE '; the {2} who accepted in that time had applied {1} {1:day|days} before (median)' END,
                          format(time_to_hire, 'integer'), timed_hires) END, '.')
FROM recruiting_groups
WHERE part = 'all' AND applicants > 0
UNION ALL
SELECT 'company', 'company', 73,
       CASE candidates WHEN 1 THEN t('Below the profile: {1}, {2}.', candidate, below)
                       ELSE t('{3} open candidates are below the profile, the furthest on is {1}: {2}.', candidate, below,
                              candidates) END
FROM doubtful
WHERE nth = 1;

-- What to act on: candidates who wait for 30 days and more, the ten longest, the rest in one line; candidates
-- at an interview or with an offer who are below the profile, likewise. No money hangs on it that is known.
CREATE VIEW recruiting_exceptions AS
WITH waiting AS (
    SELECT candidate, position, applied, waits, actor, row_number() OVER (ORDER BY waits DESC, candidate) AS nth
    FROM recruiting_candidates
    WHERE is_open = 1 AND waits >= 30
),
doubtful AS (
    SELECT c.candidate, c.stage, c.position, c.actor, c.applied, f.below,
           row_number() OVER (ORDER BY c.reached DESC, f.profile_fit, c.candidate) AS nth
    FROM recruiting_candidates AS c
    JOIN recruiting_fit AS f ON f.candidate = c.candidate AND f.matches_below > 0
    WHERE c.stage IN ('interview', 'offer')
)
SELECT concat('recruiting:waits:', candidate) AS id, 2 AS severity, NULL AS cost, actor AS owner,
       t('{1} ({2}) has waited for {3} {3:day|days} since applying', candidate, position, waits) AS text, 'candidate' AS page,
       candidate AS key, add_days(applied, 30) AS since
FROM waiting
WHERE nth <= 10
UNION ALL
SELECT 'recruiting:waits:others', 2, NULL, k.owner,
       t(CASE count(*) WHEN 1 THEN '1 more candidate has waited for 30 days or more'
                       ELSE '{1} more candidates have waited for 30 days or more' END, count(*)),
       'recruiting', NULL, add_days(min(w.applied), 30)
FROM waiting AS w
LEFT JOIN company_owner AS k
WHERE w.nth > 10
GROUP BY k.owner
UNION ALL
SELECT concat('recruiting:below:', candidate), CASE stage WHEN 'offer' THEN 2 ELSE 3 END, NULL, actor,
       CASE stage WHEN 'offer' THEN t('{1} ({2}) has an offer and is below the profile: {3}', candidate, position, below)
                  ELSE t('{1} ({2}) is below the profile: {3}', candidate, position, below) END,
       'candidate', candidate, NULL
FROM doubtful
WHERE nth <= 10
UNION ALL
SELECT 'recruiting:below:others', 3, NULL, k.owner,
       t(CASE count(*) WHEN 1 THEN '1 more candidate is below the profile'
                       ELSE '{1} more candidates are below the profile' END, count(*)),
       'recruiting', NULL, NULL
FROM doubtful AS d
LEFT JOIN company_owner AS k
WHERE d.nth > 10
GROUP BY k.owner;

-- Decided before applying; hired without a day, so that the time is not known; decided, and yet at a stage
-- on the way; a position without a profile where others have one.
CREATE VIEW recruiting_checks AS
SELECT 'error' AS severity, 'candidates' AS tbl, row,
       t('{1} was decided on {2}, before applying', candidate, date_text(decided)) AS text,
       t('correct one of the two days') AS remedy
FROM recruiting_candidates
WHERE decided < applied
UNION ALL
SELECT 'warning', 'candidates', row, t('{1} was hired, and the day is missing', candidate),
       t('write into decided the day on which the candidate accepted; it counts for the time to hire')
FROM recruiting_candidates
WHERE stage = 'hired' AND decided IS NULL
UNION ALL
SELECT 'warning', 'candidates', row, t('{1} was decided on {2} and still stands at {3}', candidate, date_text(decided), stage),
       t('write hired, refused or withdrawn into stage, or leave decided empty')
FROM recruiting_candidates
WHERE decided IS NOT NULL AND is_open = 1
UNION ALL
SELECT 'warning', 'candidates', min(c.row), t('position {1} has no profile', c.position),
       t('give it a row in profiles.csv, or write it as there')
FROM recruiting_candidates AS c
WHERE EXISTS (SELECT 1 FROM profiles) AND NOT EXISTS (SELECT 1 FROM profiles AS p WHERE p.position = c.position)
GROUP BY c.position;
