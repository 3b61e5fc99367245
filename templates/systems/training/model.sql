-- Training: coverage, exams, induction, and whether those who know more sell more. A course counts
-- from its day on; last 12 months: this month so far and the 11 before.

-- The spans that are compared. year_ago: the month of the as-of date a year before; day_ago: that
-- day. closed: the last month without working days left. first: month of the first course. known:
-- courses go back over the whole 12 months before the last 12.
CREATE VIEW training_spans AS
SELECT add_months(as_of_month(), -12) AS year_ago, (SELECT day FROM day_year_ago) AS day_ago,
       add_months(as_of_month(), CASE WHEN c.gone < c.working_days THEN -1 ELSE 0 END) AS closed,
       month(min(k.date)) AS first, min(k.date) AS first_day,
       CASE WHEN month(min(k.date)) <= add_months(as_of_month(), -23) THEN 1 ELSE 0 END AS known
FROM courses AS k
JOIN calendar AS c ON c.month = as_of_month()
WHERE k.date <= as_of()
HAVING count(*) > 0;

-- Courses held up to the as-of date. has_exam: there is a pass mark or a score.
CREATE VIEW training_courses AS
WITH scored AS (
    SELECT course FROM training WHERE score IS NOT NULL GROUP BY course
)
SELECT c.course, c.kind AS course_kind, coalesce(c.topic, c.kind) AS course_topic, c.date, month(c.date) AS month,
       coalesce(c.minutes, 0) AS minutes, c.trainer, c.pass_mark,
       CASE WHEN c.pass_mark IS NOT NULL OR s.course IS NOT NULL THEN 1 ELSE 0 END AS has_exam
FROM courses AS c
LEFT JOIN scored AS s ON s.course = c.course
WHERE c.date <= as_of();

-- Each person in each course held. minutes: 0 where the person was not there. passed: 1 or 0; NULL
-- without a score or a pass mark. span: 'now' the last 12 months, 'before' the same months, up to
-- the same day, of the year before.
CREATE VIEW training_rows AS
SELECT t.person, c.course, c.course_kind, c.course_topic, c.date, c.month, c.trainer, c.pass_mark, t.attended,
       CASE WHEN t.attended THEN c.minutes ELSE 0 END AS minutes, t.score, t.score_before,
       CASE WHEN t.score >= c.pass_mark THEN 1 WHEN t.score < c.pass_mark THEN 0 END AS passed,
       CASE WHEN c.month > s.year_ago THEN 'now'
            WHEN c.month > add_months(s.year_ago, -12) AND c.date <= s.day_ago THEN 'before' END AS span
FROM training AS t
JOIN training_courses AS c ON c.course = t.course
JOIN training_spans AS s;

-- Who takes part in training: people of a role of which anybody was ever to take part; without a
-- role all. present: 0 for those who have left and those whose first day is still to come. from_month:
-- the first month that is whole, 0000-01 where the first day is not known.
CREATE VIEW training_people AS
WITH roles AS (
    SELECT DISTINCT p.role FROM training AS t JOIN people AS p ON p.person = t.person WHERE p.role IS NOT NULL
)
SELECT p.person, n.name, p.role, p.region, p.hired, p.left, a.present,
       coalesce(CASE WHEN substr(p.hired, 9) = '01' THEN month(p.hired)
                     ELSE add_months(month(p.hired), 1) END, '0000-01') AS from_month,
       coalesce(m.owner, a.owner) AS owner
FROM people AS p
JOIN people_names AS n ON n.person = p.person
JOIN acting_owners AS a ON a.person = p.person
LEFT JOIN acting_owners AS m ON m.person = p.manager
WHERE p.role IS NULL OR p.role IN (SELECT r.role FROM roles AS r);

-- ---- by month, topic and kind ----

-- Sums of each person and month; a row where the person was to take part.
CREATE VIEW training_sums AS
SELECT person, month, count(*) AS invited, sum(attended) AS trainings, sum(minutes) AS minutes,
       count(score) AS exams, sum(score) AS points, count(passed) AS judged, coalesce(sum(passed), 0) AS passed
FROM training_rows
GROUP BY person, month;

-- The same by scope.
--   exam score = sum of points ÷ exams taken; pass rate = passed ÷ exams with a pass mark; NULL
--   without any. Hours are those of the courses in which people took part.
CREATE VIEW training_by_month AS
WITH scoped AS (
    SELECT 'company' AS scope, 'company' AS of, person, month, invited, trainings, minutes, exams, points, judged,
           passed
    FROM training_sums
    UNION ALL
    SELECT p.scope, p.of, s.person, s.month, s.invited, s.trainings, s.minutes, s.exams, s.points, s.judged,
           s.passed
    FROM training_sums AS s
    JOIN person_scopes AS p ON p.person = s.person AND s.month >= p.from_month AND s.month < p.before_month
)
SELECT scope, of, month, sum(invited) AS invited, sum(trainings) AS trainings, sum(minutes) AS minutes,
       ratio(sum(minutes), 60) AS training_hours, sum(exams) AS exams, ratio(sum(points), sum(exams)) AS exam_score,
       sum(judged) AS judged, sum(passed) AS exams_passed, ratio(sum(passed), sum(judged)) AS exam_pass_rate
FROM scoped
GROUP BY scope, of, month;

-- The last 12 months by scope and, in rows of span 'before', the same period of the year before.
-- before: NULL where the courses do not go back that far.
--   gain = mean of score − score_before of exams that have both; NULL without any
CREATE VIEW training_year AS
WITH scoped AS (
    SELECT 'company' AS scope, 'company' AS of, person, span, attended, minutes, score, score_before, passed
    FROM training_rows
    WHERE span IS NOT NULL
    UNION ALL
    SELECT p.scope, p.of, r.person, r.span, r.attended, r.minutes, r.score, r.score_before, r.passed
    FROM training_rows AS r
    JOIN person_scopes AS p ON p.person = r.person AND r.month >= p.from_month AND r.month < p.before_month
    WHERE r.span IS NOT NULL
),
sums AS (
    SELECT scope, of, span, count(*) AS invited, sum(attended) AS trainings, sum(minutes) AS minutes,
           count(score) AS exams, avg(score) AS exam_score, count(passed) AS judged, sum(passed) AS passed,
           avg(CASE WHEN score_before IS NOT NULL THEN score END) AS after, count(score - score_before) AS pairs,
           avg(CASE WHEN score IS NOT NULL THEN score_before END) AS before
    FROM scoped
    GROUP BY scope, of, span
),
places AS (
    SELECT 'company' AS scope, 'company' AS of, count(*) AS people FROM training_people WHERE present = 1
    UNION ALL
    SELECT s.scope, s.of, count(*)
    FROM training_people AS p
    JOIN person_scopes AS s ON s.person = p.person AND as_of_month() >= s.from_month AND as_of_month() < s.before_month
    WHERE p.present = 1
    GROUP BY s.scope, s.of
)
SELECT n.scope, n.of, n.invited, n.trainings, ratio(n.minutes, 60) AS training_hours,
       ratio(n.trainings, n.invited) AS training_attendance, p.people AS training_people,
       ratio(n.minutes, 60 * p.people) AS training_hours_each, n.exams, n.exam_score, n.judged,
       coalesce(n.passed, 0) AS exams_passed, n.judged - coalesce(n.passed, 0) AS exams_failed,
       ratio(n.passed, n.judged) AS exam_pass_rate, n.pairs AS points_pairs, n.before AS points_before_course,
       n.after AS points_after_course, n.after - n.before AS points_gained,
       CASE WHEN k.known = 1 THEN b.exam_score END AS exam_score_before,
       CASE WHEN k.known = 1 THEN ratio(b.passed, b.judged) END AS exam_pass_rate_before,
       CASE WHEN k.known = 1 THEN ratio(b.minutes, 60) END AS training_hours_before
FROM sums AS n
JOIN training_spans AS k
LEFT JOIN sums AS b ON b.scope = n.scope AND b.of = n.of AND b.span = 'before'
LEFT JOIN places AS p ON p.scope = n.scope AND p.of = n.of
WHERE n.span = 'now';

-- Topics by scope (company, regions), last 12 months; formulas as above.
CREATE VIEW training_topics AS
WITH scoped AS (
    SELECT 'company' AS scope, 'company' AS of, course, course_topic, attended, score, score_before, passed
    FROM training_rows
    WHERE span = 'now'
    UNION ALL
    SELECT p.scope, p.of, r.course, r.course_topic, r.attended, r.score, r.score_before, r.passed
    FROM training_rows AS r
    JOIN person_scopes AS p ON p.person = r.person AND r.month >= p.from_month AND r.month < p.before_month
                           AND p.scope = 'region'
    WHERE r.span = 'now'
)
SELECT scope, of, course_topic, count(DISTINCT course) AS courses_held, sum(attended) AS trainings,
       count(score) AS exams, avg(score) AS exam_score, count(passed) AS judged,
       coalesce(sum(passed), 0) AS exams_passed, ratio(sum(passed), count(passed)) AS exam_pass_rate,
       count(score - score_before) AS points_pairs,
       avg(CASE WHEN score IS NOT NULL THEN score_before END) AS points_before_course,
       avg(CASE WHEN score_before IS NOT NULL THEN score END) AS points_after_course,
       avg(score - score_before) AS points_gained
FROM scoped
GROUP BY scope, of, course_topic;

-- The same of the company by topic and month, last 12 months.
CREATE VIEW training_topic_months AS
SELECT course_topic, month, count(score) AS exams, avg(score) AS exam_score, count(passed) AS judged,
       ratio(sum(passed), count(passed)) AS exam_pass_rate
FROM training_rows
WHERE span = 'now'
GROUP BY course_topic, month;

-- Coverage by kind, last 12 months: people here today who took part in at least one course ÷ all
-- of them; of induction only those who joined in these months. NULL where there is nobody.
CREATE VIEW training_coverage AS
WITH kinds AS (
    SELECT DISTINCT course_kind FROM training_courses
),
reached AS (
    SELECT DISTINCT course_kind, person FROM training_rows WHERE span = 'now' AND attended
),
held AS (
    SELECT c.course_kind, count(*) AS courses
    FROM training_courses AS c
    JOIN training_spans AS s ON c.month > s.year_ago
    GROUP BY c.course_kind
)
SELECT k.course_kind, coalesce(h.courses, 0) AS courses_held, count(p.person) AS training_people,
       count(r.person) AS training_reached, ratio(count(r.person), count(p.person)) AS training_coverage
FROM kinds AS k
JOIN training_spans AS s
LEFT JOIN training_people AS p
  ON p.present = 1 AND (k.course_kind <> 'induction' OR month(p.hired) > s.year_ago)
LEFT JOIN held AS h ON h.course_kind = k.course_kind
LEFT JOIN reached AS r ON r.course_kind = k.course_kind AND r.person = p.person
GROUP BY k.course_kind, h.courses;

-- How often each person here today took part in each kind that was held, last 12 months.
CREATE VIEW training_matrix AS
SELECT p.person, p.name, p.region, c.course_kind,
       (SELECT count(*) FROM training_rows AS r
        WHERE r.person = p.person AND r.course_kind = c.course_kind AND r.span = 'now' AND r.attended) AS trainings
FROM training_people AS p
JOIN training_coverage AS c
WHERE p.present = 1 AND c.courses_held > 0;

-- ---- the rule ----

-- The rule "one or two trainings with an exam every month" by month, from the first course on, at
-- most 24 months. state: kept, none, more than two; NULL while the month runs and has none.
-- planned: of months that run, trainings with an exam still to come.
--   examined = people with an exam in the month ÷ people here all of it who take part in training
CREATE VIEW training_rule AS
WITH held AS (
    SELECT month, sum(has_exam) AS exams_held FROM training_courses GROUP BY month
),
coming AS (
    SELECT month(date) AS month, count(*) AS planned
    FROM courses
    WHERE date > as_of() AND pass_mark IS NOT NULL
    GROUP BY month(date)
),
heads AS (
    SELECT c.month, count(*) AS people, count(CASE WHEN t.exams > 0 THEN 1 END) AS examined
    FROM calendar AS c
    JOIN training_people AS p ON p.from_month <= c.month AND (p.left IS NULL OR p.left >= c.last)
    LEFT JOIN training_sums AS t ON t.person = p.person AND t.month = c.month
    WHERE c.month <= as_of_month()
    GROUP BY c.month
)
SELECT c.month, coalesce(h.exams_held, 0) AS exams_held, coalesce(f.planned, 0) AS planned,
       CASE WHEN c.month > s.closed THEN 0 ELSE 1 END AS closed,
       CASE WHEN h.exams_held > 2 THEN 'more' WHEN h.exams_held > 0 THEN 'kept'
            WHEN c.month <= s.closed THEN 'none' END AS state,
       p.people AS training_people, p.examined, ratio(p.examined, p.people) AS exam_people
FROM calendar AS c
JOIN training_spans AS s
  ON c.month >= s.first AND c.month > add_months(as_of_month(), -24) AND c.month <= as_of_month()
LEFT JOIN held AS h ON h.month = c.month
LEFT JOIN coming AS f ON f.month = c.month
LEFT JOIN heads AS p ON p.month = c.month;

-- Each person here today: the last 12 months, and the months of the rule, which are closed, begin
-- with the first course and the first whole month in the department. failed_in_row: exams failed
-- since the last one passed, of all time; of exams of one day the passed one counts first. failed_since: the third of them.
CREATE VIEW training_persons AS
WITH rule AS (
    SELECT p.person, count(c.month) AS months, count(m.month) AS with_exam
    FROM training_people AS p
    JOIN training_spans AS s
    JOIN calendar AS c ON c.month > add_months(s.closed, -12) AND c.month <= s.closed AND c.month >= s.first
                      AND c.month >= p.from_month
    LEFT JOIN training_sums AS m ON m.person = p.person AND m.month = c.month AND m.exams > 0
    WHERE p.present = 1
    GROUP BY p.person
),
order_of AS (
    SELECT person, passed, date, score, course_topic,
           sum(passed) OVER (PARTITION BY person ORDER BY date DESC, passed DESC, course) AS passed_since,
           row_number() OVER (PARTITION BY person ORDER BY date DESC, passed, course) AS nth
    FROM training_rows
    WHERE passed IS NOT NULL
),
streaks AS (
    SELECT person, count(*) AS failed_in_row, max(CASE nth WHEN 3 THEN date END) AS since
    FROM (SELECT person, date, row_number() OVER (PARTITION BY person ORDER BY date) AS nth
          FROM order_of WHERE passed_since = 0)
    GROUP BY person
),
lasts AS (
    SELECT person, max(CASE WHEN attended THEN date END) AS last_training, max(CASE WHEN score IS NOT NULL THEN date END) AS last_exam
    FROM training_rows
    GROUP BY person
),
kinds AS (
    SELECT person, count(DISTINCT course_kind) AS training_kinds
    FROM training_rows
    WHERE span = 'now' AND attended
    GROUP BY person
)
SELECT p.person, p.name, p.region, p.owner, coalesce(y.trainings, 0) AS trainings,
       coalesce(y.training_hours, 0) AS training_hours, y.training_attendance, y.invited,
       coalesce(k.training_kinds, 0) AS training_kinds, coalesce(y.exams, 0) AS exams, y.exam_score,
       y.exam_pass_rate, coalesce(y.judged, 0) AS judged, y.points_gained, y.points_pairs, coalesce(r.with_exam, 0) AS exam_months,
       coalesce(r.months, 0) AS exam_months_of, coalesce(s.failed_in_row, 0) AS failed_in_row,
       s.since AS failed_since, o.score AS last_score, o.course_topic AS last_topic, l.last_training, l.last_exam
FROM training_people AS p
LEFT JOIN training_year AS y ON y.scope = 'person' AND y.of = p.person
LEFT JOIN rule AS r ON r.person = p.person
LEFT JOIN streaks AS s ON s.person = p.person
LEFT JOIN order_of AS o ON o.person = p.person AND o.nth = 1
LEFT JOIN lasts AS l ON l.person = p.person
LEFT JOIN kinds AS k ON k.person = p.person
WHERE p.present = 1;

-- ---- new people ----

-- Everybody who joined since the first course, and when they were led in.
--   state: on time (induction up to 30 days after the first day, or before it), late, missing, and
--   'open' while there is still time; those who left within it are nowhere counted.
CREATE VIEW training_induction AS
WITH firsts AS (
    SELECT person, min(date) AS induction_date
    FROM training_rows
    WHERE course_kind = 'induction' AND attended
    GROUP BY person
)
SELECT p.person, p.name, p.region, p.hired, p.present, p.owner, f.induction_date,
       days_between(p.hired, f.induction_date) AS induction_days, add_days(p.hired, 30) AS due_on,
       CASE WHEN f.induction_date <= add_days(p.hired, 30) THEN 'on time' WHEN f.induction_date IS NOT NULL THEN 'late'
            WHEN as_of() > add_days(p.hired, 30) THEN 'missing' ELSE 'open' END AS state
FROM training_people AS p
JOIN training_spans AS s ON p.hired >= s.first_day
LEFT JOIN firsts AS f ON f.person = p.person
WHERE p.hired <= as_of() AND (f.induction_date IS NOT NULL OR p.left IS NULL OR p.left > add_days(p.hired, 30));

-- ---- exams and sales ----

-- Exam score and attainment of the people here today: mean points of the exams of the last 12
-- months; revenue ÷ target of the closed months among them that have both.
CREATE VIEW training_relation AS
WITH reached AS (
    SELECT m.of AS person, ratio(sum(m.actual), sum(m.target)) AS attainment
    FROM targets_by_month AS m
    JOIN training_spans AS s ON m.month > s.year_ago AND m.month <= s.closed
    WHERE m.scope = 'person' AND m.kind = 'revenue' AND m.actual IS NOT NULL AND m.target > 0
    GROUP BY m.of
)
SELECT p.person, p.name, p.exam_score, p.exams, r.attainment
FROM training_persons AS p
JOIN reached AS r ON r.person = p.person
WHERE p.exam_score IS NOT NULL AND r.attainment IS NOT NULL;

-- Pearson's r of the two, from the share of variance that a straight line explains, with the sign
-- of its slope, and its 95 % interval: tanh(artanh r ± 1.96 ÷ √(n − 3)) (Fisher, Metron 1, 1921),
-- with artanh r = ½ ln((1 + r) ÷ (1 − r)) and tanh z = 1 − 2 ÷ (e^2z + 1). From 5 people on; no row
-- where either does not vary.
CREATE VIEW training_correlation AS
WITH line AS (
    SELECT count(*) AS n, regr_slope(attainment, exam_score) AS slope, regr_r2(attainment, exam_score) AS r2
    FROM training_relation
),
pearson AS (
    SELECT n, r2, max(min(CASE WHEN slope < 0 THEN -sqrt(r2) ELSE sqrt(r2) END, 0.999999), -0.999999) AS r
    FROM line
    WHERE n >= 5 AND r2 IS NOT NULL
),
bounds AS (
    SELECT n, r2, r, ln(ratio(1 + r, 1 - r)) - ratio(2 * 1.959964, sqrt(n - 3)) AS low,
           ln(ratio(1 + r, 1 - r)) + ratio(2 * 1.959964, sqrt(n - 3)) AS high
    FROM pearson
)
SELECT n, r2, r, 1 - ratio(2, exp(low) + 1) AS low, 1 - ratio(2, exp(high) + 1) AS high FROM bounds;

-- ---- what the whole reads ----

-- Key figures of the last 12 months; before: the same months, up to the same day, of the year
-- before. n: cases of a rate.
CREATE VIEW training_kpis AS
WITH trend AS (
    SELECT scope, of, series(month, exam_pass_rate) AS rates, series(month, exam_score) AS scores,
           series(month, training_hours) AS hours
    FROM training_by_month
    WHERE month > add_months(as_of_month(), -13)
    GROUP BY scope, of
)
SELECT y.scope, y.of, 35 AS rank, 'exam_pass_rate' AS name, y.exam_pass_rate AS value,
       y.exam_pass_rate_before AS before, t.rates AS series, y.judged AS n
FROM training_year AS y
JOIN trend AS t ON t.scope = y.scope AND t.of = y.of
WHERE y.judged > 0
UNION ALL
SELECT y.scope, y.of, 36, 'exam_score', y.exam_score, y.exam_score_before, t.scores, NULL
FROM training_year AS y
JOIN trend AS t ON t.scope = y.scope AND t.of = y.of
WHERE y.exams > 0
UNION ALL
SELECT y.scope, y.of, 37, 'training_hours_each', y.training_hours_each, NULL, t.hours, NULL
FROM training_year AS y
JOIN trend AS t ON t.scope = y.scope AND t.of = y.of
WHERE y.training_hours_each IS NOT NULL;

CREATE VIEW training_scope_figures AS
SELECT scope, of, rank, name, value, NULL AS target, before, series, n FROM training_kpis;

-- The start page's figures: those of the company.
CREATE VIEW training_figures AS
SELECT rank, name, value, NULL AS target, before, series, 'training' AS page, NULL AS key, n
FROM training_kpis
WHERE scope = 'company';

-- What follows from the figures, in sentences.
CREATE VIEW training_findings AS
WITH gaps AS (
    SELECT count(*) AS months, count(CASE WHEN state = 'none' THEN 1 END) AS without,
           count(CASE WHEN state = 'more' THEN 1 END) AS over,
           max(CASE WHEN state = 'none' THEN month END) AS last_gap
    FROM training_rule
    WHERE closed = 1 AND month > add_months((SELECT s.closed FROM training_spans AS s), -12)
),
joined AS (
    SELECT count(CASE WHEN state <> 'open' THEN 1 END) AS people,
           count(CASE WHEN state = 'on time' THEN 1 END) AS on_time,
           count(CASE WHEN state = 'missing' AND present = 1 THEN 1 END) AS lacking,
           max(CASE WHEN state = 'missing' AND present = 1 THEN name END) AS who
    FROM training_induction
),
worst AS (
    SELECT name, person, failed_in_row, row_number() OVER (ORDER BY failed_in_row DESC, person) AS nth,
           count(*) OVER () AS people
    FROM training_persons
    WHERE failed_in_row >= 3
)
SELECT scope, of, 150 AS rank,
       t(CASE judged WHEN 1 THEN '{1} of 1 exam of the last 12 months was passed; the mean score is {3} of 100.'
                     ELSE '{1} of {2} {2:exam|exams} of the last 12 months {1:was|were} passed ({4}); the mean score is {3} of 100.' END,
         exams_passed, judged, format(exam_score, 'number1'), percent(exam_pass_rate)) AS text
FROM training_year
WHERE judged > 0
UNION ALL
SELECT 'company', 'company', 151,
       concat(CASE WHEN without = 0 AND months = 1 THEN t('The last month had a training with an exam')
                   WHEN without = 0 THEN t('Each of the last {1} {1:month|months} had a training with an exam', months)
                   WHEN without = 1 THEN t('1 of the last {1} {1:month|months} had no training with an exam, {2}', months,
                                           month_text(last_gap))
                   ELSE t('{1} of the last {2} {2:month|months} had no training with an exam, {3} the latest', without, months,
                          month_text(last_gap)) END,
              CASE over WHEN 0 THEN '.' WHEN 1 THEN t('; 1 had more than two.')
                        ELSE t('; {1} had more than two.', over) END)
FROM gaps
WHERE months > 0
UNION ALL
SELECT 'person', person, 151,
       t(CASE exam_months_of WHEN 1 THEN 'An exam was taken in {1} of 1 whole month.'
                             ELSE 'An exam was taken in {1} of the last {2} whole {2:month|months}.' END,
         exam_months, exam_months_of)
FROM training_persons
WHERE exam_months_of > 0
UNION ALL
SELECT 'company', 'company', 152,
       concat(t(CASE people WHEN 1 THEN '{1} of 1 new person had an induction within 30 days'
                            ELSE '{1} of {2} new people had an induction within 30 days' END, on_time, people),
              CASE lacking WHEN 0 THEN '.' WHEN 1 THEN t('; {1} has had none.', who)
                           ELSE t('; {1} have had none.', lacking) END)
FROM joined
WHERE people > 0
UNION ALL
SELECT 'person', person, 152,
       CASE state WHEN 'missing' THEN t('No induction, {1} {1:day|days} after the first day.', days_between(hired, as_of()))
                  WHEN 'late' THEN t('Induction came {1} {1:day|days} after the first day, 30 are allowed.', induction_days)
                  END
FROM training_induction
WHERE state IN ('missing', 'late')
UNION ALL
SELECT 'company', 'company', 153,
       t(CASE people WHEN 1 THEN '{1} failed the last {2} {2:exam|exams}.'
                     ELSE '{3} people failed at least their last three exams, {1} most of all: {2} in a row.' END,
         name, failed_in_row, people)
FROM worst
WHERE nth = 1
UNION ALL
SELECT 'person', person, 153, t('The last {1} {1:exam|exams} were failed.', failed_in_row)
FROM training_persons
WHERE failed_in_row >= 3
UNION ALL
SELECT scope, of, 154,
       t(CASE WHEN points_gained < 0 THEN 'After the course scores are {1} {1:point|points} lower than before it, over {2} {2:exam|exams} with both.'
              ELSE 'After the course scores are {1} {1:point|points} higher than before it, over {2} {2:exam|exams} with both.' END,
         format(abs(points_gained), 'number1'), points_pairs)
FROM training_year
WHERE points_pairs >= 5
UNION ALL
SELECT 'company', 'company', 155,
       t(CASE WHEN low > 0 THEN 'Who scores higher in exams sells more of the target: r = {1} for {2} {2:person|people} (95 %: {3} to {4}).'
              WHEN high < 0 THEN 'Who scores higher in exams sells less of the target: r = {1} for {2} {2:person|people} (95 %: {3} to {4}).'
              ELSE 'Exam score and attainment are not shown to go together: r = {1} for {2} {2:person|people} (95 %: {3} to {4}).'
         END, format(r, '+number2'), n, format(low, '+number2'), format(high, '+number2'))
FROM training_correlation
UNION ALL
SELECT 'company', 'company', 155,
       t(CASE count(*) WHEN 1 THEN 'Exam score and attainment are known of 1 person, of whom nothing follows.'
                       ELSE 'Exam score and attainment are known of {1} {1:person|people}: too few, or too alike, to say whether they go together.' END,
         count(*))
FROM training_relation
HAVING count(*) > 0 AND NOT EXISTS (SELECT 1 FROM training_correlation);

-- New people without induction, people who failed their last three exams or more, a month without
-- an exam, people without one for three closed months. Who acts is the manager. People who left
-- are let be.
CREATE VIEW training_exceptions AS
WITH quiet AS (
    SELECT count(*) AS people, min(p.name) AS name, min(p.person) AS person, min(p.owner) AS owner
    FROM training_persons AS p
    JOIN training_spans AS s
    WHERE p.exam_months_of >= 3 AND coalesce(p.last_exam, '0000-01-01') < month_first(add_months(s.closed, -2))
      AND (SELECT count(*) FROM training_rule AS r WHERE r.exams_held > 0 AND r.month > add_months(s.closed, -3)) > 0
)
SELECT concat('training:induction:', i.person) AS id, CASE i.state WHEN 'missing' THEN 2 ELSE 3 END AS severity,
       NULL AS cost, i.owner,
       CASE i.state WHEN 'missing' THEN t('{1} joined on {2} and has had no induction', i.name, date_text(i.hired))
            ELSE t('{1} joined on {2}: induction is due by {3}', i.name, date_text(i.hired), date_text(i.due_on))
            END AS text,
       'person' AS page, i.person AS key, CASE i.state WHEN 'missing' THEN add_days(i.due_on, 1) ELSE i.hired END AS since
FROM training_induction AS i
WHERE i.present = 1 AND (i.state = 'missing' OR (i.state = 'open' AND days_between(as_of(), i.due_on) <= 10))
UNION ALL
SELECT concat('training:fails:', person), 2, NULL, owner,
       t('{1} failed the last {2} {2:exam|exams}, the latest with {3} {3:point|points} in {4}', name, failed_in_row, number(last_score),
         last_topic),
       'person', person, failed_since
FROM training_persons
WHERE failed_in_row >= 3
UNION ALL
SELECT concat('training:month:', r.month), 3, NULL, o.owner,
       CASE r.closed WHEN 1 THEN t('No training with an exam in {1}', month_text(r.month))
                     ELSE t('No training with an exam in {1} yet, and none is planned', month_text(r.month)) END,
       'training', NULL,
       CASE r.closed WHEN 1 THEN k.closes
                     ELSE (SELECT d.day FROM days(k.first, k.closes) AS d WHERE is_working_day(d.day)
                           ORDER BY d.day DESC LIMIT 1 OFFSET 5) END
FROM training_rule AS r
JOIN training_spans AS s
JOIN calendar AS k ON k.month = r.month
LEFT JOIN company_owner AS o
WHERE r.exams_held = 0
  AND (r.month = s.closed
       OR (r.closed = 0 AND r.planned = 0
           AND (SELECT c.working_days - c.gone FROM calendar AS c WHERE c.month = r.month) <= 5))
UNION ALL
SELECT 'training:quiet', 3, NULL, CASE q.people WHEN 1 THEN q.owner ELSE o.owner END,
       t(CASE q.people WHEN 1 THEN '{2} took no exam for three months' ELSE '{1} people took no exam for three months' END,
         q.people, q.name),
       CASE q.people WHEN 1 THEN 'person' ELSE 'training' END, CASE q.people WHEN 1 THEN q.person END,
       month_first(add_months(s.closed, -2))
FROM quiet AS q
JOIN training_spans AS s
LEFT JOIN company_owner AS o
WHERE q.people > 0;

-- By person and month: mean score of the exams, share of them that was passed, exams taken, hours.
CREATE VIEW training_measures AS
SELECT of AS person, month, 'exam_score' AS measure, exam_score AS value
FROM training_by_month
WHERE scope = 'person' AND exams > 0
UNION ALL
SELECT of, month, 'exam_pass_rate', exam_pass_rate FROM training_by_month WHERE scope = 'person' AND judged > 0
UNION ALL
SELECT of, month, 'exams', exams FROM training_by_month WHERE scope = 'person'
UNION ALL
SELECT of, month, 'training_hours', training_hours FROM training_by_month WHERE scope = 'person';

-- Courses to come.
CREATE VIEW training_events AS
SELECT concat('training-', course) AS uid, date AS starts, date AS ends, NULL AS owner,
       t(CASE WHEN pass_mark IS NULL THEN 'Training: {1}' ELSE 'Training with an exam: {1}' END,
         coalesce(topic, kind)) AS title,
       'training' AS page, NULL AS key
FROM courses
WHERE date > as_of();

-- A score of somebody who was not there; training before the first or after the last day.
CREATE VIEW training_checks AS
SELECT 'warning' AS severity, 'training' AS tbl, _row AS row,
       t('{1} has a score in course {2}, but did not take part', person, course) AS text,
       t('correct column attended, or take the score out') AS remedy
FROM training
WHERE score IS NOT NULL AND NOT attended
UNION ALL
SELECT 'warning', 'training', t._row,
       CASE WHEN c.date < p.hired THEN t('{1} took part in course {2} on {3}, before the first day in the department',
                                         t.person, t.course, date_text(c.date))
            ELSE t('{1} took part in course {2} on {3}, after leaving', t.person, t.course, date_text(c.date)) END,
       t('correct the day of the course, the person, or the days in people.csv')
FROM training AS t
JOIN courses AS c ON c.course = t.course
JOIN people AS p ON p.person = t.person
WHERE t.attended AND c.kind <> 'self-study' AND (c.date < p.hired OR c.date > p.left);
