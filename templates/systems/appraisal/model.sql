-- Appraisal: scorecards over the measures of all systems, and the pay that follows from them.

-- ---- scorecards ----

-- Rows of scorecard.csv with their bounds in the units of the measure: money in smallest units. cap:
-- full where none is given. type: of the measure, NULL where no system says what it is. from_month:
-- the first for which the row holds, until a later one of its role, region and measure does.
CREATE VIEW appraisal_rules AS
SELECT s._row AS rule, s.role, s.region, s.measure, coalesce(s.starts, '0000-01') AS from_month, s.weight,
       w.type,
       CASE w.type WHEN 'money' THEN smallest_units(s.floor) ELSE s.floor END AS floor,
       CASE w.type WHEN 'money' THEN smallest_units(s.full) ELSE s.full END AS full,
       CASE w.type WHEN 'money' THEN smallest_units(coalesce(s.cap, s.full))
                   ELSE coalesce(s.cap, s.full) END AS cap
FROM scorecard AS s
LEFT JOIN data_words AS w ON w.name = s.measure;

-- How many regions a region lies in, itself among them: of two that hold a person the nearer has more.
CREATE VIEW appraisal_depths AS
SELECT region, count(*) AS depth FROM regions_within GROUP BY region;

-- The rows that hold in the as-of month; of what is written twice, both.
CREATE VIEW appraisal_rules_now AS
SELECT r.rule, r.role, r.region, r.measure, r.from_month, r.weight, r.floor, r.full, r.cap
FROM (SELECT rule, role, region, measure, from_month, weight, floor, full, cap,
             rank() OVER (PARTITION BY role, region, measure ORDER BY from_month DESC) AS nth
      FROM appraisal_rules
      WHERE from_month <= as_of_month()) AS r
WHERE r.nth = 1;

-- Rows that started in the last 13 months; rule_before: what held there until then, of the region itself,
-- else of the nearest around it, else of the company; NULL where the measure had no points.
CREATE VIEW appraisal_rule_changes AS
WITH held AS (
    SELECT r.rule, b.weight, b.floor, b.full, b.cap,
           CASE r.type WHEN 'money' THEN 'whole' WHEN 'rate' THEN 'percent1' ELSE 'number' END AS shape,
           row_number() OVER (PARTITION BY r.rule
                              ORDER BY coalesce(d.depth, 0) DESC, b.from_month DESC, b.rule) AS nth
    FROM appraisal_rules AS r
    JOIN appraisal_rules AS b ON b.role = r.role AND b.measure = r.measure AND b.from_month < r.from_month
    LEFT JOIN regions_within AS w ON w.region = r.region AND w.within = b.region
    LEFT JOIN appraisal_depths AS d ON d.region = b.region
    WHERE b.region IS NULL OR w.within IS NOT NULL
)
SELECT r.rule, r.from_month, r.role, r.region, r.measure, r.weight, r.floor, r.full, r.cap,
       CASE WHEN h.weight > 0
            THEN concat(t('{1} {1:point|points} from {2} to {3}', number(h.weight), format(h.floor, h.shape),
                          format(h.full, h.shape)),
                        CASE WHEN h.cap <> h.full THEN t(', cap {1}', format(h.cap, h.shape)) END)
            END AS rule_before
FROM appraisal_rules AS r
LEFT JOIN held AS h ON h.rule = r.rule AND h.nth = 1
WHERE r.from_month > add_months(as_of_month(), -13) AND r.from_month <= as_of_month();

-- The scorecard of each person in each month of employment, the last 13 months: of the rows of a measure
-- that have started by then, those of the nearest region around the person, else the company's, and of
-- these the latest. So a region's row stands before a company's that starts later; until the region's
-- first row starts, the company's holds there. A weight of 0 takes the measure out.
CREATE VIEW appraisal_cards AS
WITH employed AS (
    SELECT p.person, p.role, c.month, s.region
    FROM people AS p
    JOIN calendar AS c ON c.month > add_months(as_of_month(), -13) AND c.month <= as_of_month()
    LEFT JOIN person_spells AS s ON s.person = p.person AND c.month >= s.from_month AND c.month < s.before_month
    WHERE (p.hired IS NULL OR month(p.hired) <= c.month) AND (p.left IS NULL OR month(p.left) >= c.month)
),
fitting AS (
    SELECT e.person, e.month, r.rule,
           row_number() OVER (PARTITION BY e.person, e.month, r.measure
                              ORDER BY coalesce(d.depth, 0) DESC, r.from_month DESC, r.rule) AS nth
    FROM employed AS e
    JOIN appraisal_rules AS r ON r.role = e.role AND r.from_month <= e.month
    LEFT JOIN regions_within AS w ON w.region = e.region AND w.within = r.region
    LEFT JOIN appraisal_depths AS d ON d.region = r.region
    WHERE r.region IS NULL OR w.within IS NOT NULL
)
SELECT f.person, f.month, r.role, r.region, r.measure, r.weight, r.type, r.floor, r.full, r.cap, r.rule
FROM fitting AS f
JOIN appraisal_rules AS r ON r.rule = f.rule
WHERE f.nth = 1 AND r.weight > 0;

-- Points by person, month and measure:
--   points = weight × (min(value, cap) − floor) ÷ (full − floor), not below 0
-- with max(value, cap) where floor is above full, because less is better. A count or money without a row
-- is 0 in the months in which the measure is known of anybody; any other value without a row is not known,
-- and so are its points. Where two systems count the same measure, that of targets gives way to the other.
CREATE VIEW appraisal_scores AS
WITH known AS (
    SELECT measure, min(month) AS first, max(month) AS last
    FROM measures
    WHERE value IS NOT NULL
    GROUP BY measure
),
counted AS (
    SELECT person, month, measure, value,
           row_number() OVER (PARTITION BY person, month, measure
                              ORDER BY CASE system WHEN 'targets' THEN 1 ELSE 0 END, system) AS nth
    FROM measures
    WHERE measure IN (SELECT r.measure FROM appraisal_rules AS r)
      AND month > add_months(as_of_month(), -13) AND month <= as_of_month()
),
valued AS (
    SELECT c.person, c.month, c.role, c.region, c.measure, c.weight, c.type, c.floor, c.full, c.cap, c.rule,
           CASE WHEN m.person IS NOT NULL THEN m.value
                WHEN c.type IN ('integer', 'money') AND c.month >= k.first AND c.month <= k.last
                THEN 0 END AS value
    FROM appraisal_cards AS c
    LEFT JOIN known AS k ON k.measure = c.measure
    LEFT JOIN counted AS m ON m.person = c.person AND m.month = c.month AND m.measure = c.measure AND m.nth = 1
),
capped AS (
    SELECT person, month, role, region, measure, weight, type, floor, full, cap, rule, value,
           CASE WHEN full > floor THEN min(value, cap) ELSE max(value, cap) END AS reached
    FROM valued
)
SELECT person, month, role, region, measure, weight AS card_weight, type, floor, full, cap, rule, value,
       reached,
       CASE WHEN value IS NOT NULL THEN max(0.0, weight * ratio(reached - floor, full - floor))
            END AS card_points
FROM capped;

-- The score of each person and month: sum of points × weight of all ÷ weight of those that are known;
-- NULL where none is. Grade: A from 100, B from 80, C from 60, D below. Rank among the people of the
-- same role, by the score as it is shown; ties share one. closed: no working day is left in the month.
CREATE VIEW appraisal_totals AS
WITH sums AS (
    SELECT person, month, role, sum(card_weight) AS all_weight,
           sum(CASE WHEN card_points IS NOT NULL THEN card_weight END) AS known_weight,
           sum(card_points) AS card_points
    FROM appraisal_scores
    GROUP BY person, month, role
),
scored AS (
    SELECT person, month, role, all_weight, coalesce(known_weight, 0) AS known_weight,
           round(ratio(card_points * all_weight, known_weight), 6) AS card_score
    FROM sums
)
SELECT s.person, s.month, s.role, s.all_weight, s.known_weight, s.card_score,
       CASE WHEN round(s.card_score, 1) >= 100 THEN 'A' WHEN round(s.card_score, 1) >= 80 THEN 'B'
            WHEN round(s.card_score, 1) >= 60 THEN 'C' WHEN s.card_score IS NOT NULL THEN 'D' END AS grade,
       CASE WHEN s.card_score IS NOT NULL
            THEN rank() OVER (PARTITION BY s.month, s.role ORDER BY round(s.card_score, 1) DESC) END AS nth,
       count(s.card_score) OVER (PARTITION BY s.month, s.role) AS people,
       CASE WHEN c.gone = c.working_days THEN 1 ELSE 0 END AS closed, c.quarter, c.year
FROM scored AS s
JOIN calendar AS c ON c.month = s.month;

-- Where each person stands at the as-of date: the month so far, the month before, and the mean scores of
-- the whole months of the quarter and of the fiscal year. score_rank: "2 of 8"; "2=" where others share it.
CREATE VIEW appraisal_standing AS
WITH means AS (
    SELECT person,
           avg(CASE WHEN quarter = fiscal_quarter(as_of_month()) THEN card_score END) AS score_quarter,
           avg(CASE WHEN year = fiscal_year(as_of_month()) THEN card_score END) AS score_year,
           count(CASE WHEN year = fiscal_year(as_of_month()) THEN card_score END) AS months
    FROM appraisal_totals
    WHERE closed = 1
    GROUP BY person
),
shared AS (
    SELECT role, nth, count(*) AS people
    FROM appraisal_totals
    WHERE month = as_of_month() AND nth IS NOT NULL
    GROUP BY role, nth
)
SELECT t.person, w.name, t.role, p.region, p.manager, t.card_score, t.grade, t.nth,
       t.people,
       t(CASE WHEN s.people > 1 THEN '{1}= of {2}' ELSE '{1} of {2}' END, t.nth, t.people) AS score_rank,
       t.known_weight, t.all_weight, t.closed, b.card_score AS score_before, m.score_quarter, m.score_year,
       coalesce(m.months, 0) AS months
FROM appraisal_totals AS t
JOIN people AS p ON p.person = t.person
JOIN people_names AS w ON w.person = t.person
LEFT JOIN shared AS s ON s.role = t.role AND s.nth = t.nth
LEFT JOIN appraisal_totals AS b ON b.person = t.person AND b.month = add_months(as_of_month(), -1)
LEFT JOIN means AS m ON m.person = t.person
WHERE t.month = as_of_month() AND (p.left IS NULL OR p.left >= month_first(as_of_month()));

-- Each point of the as-of month in words: weight × (value − floor) ÷ (full − floor) = points, with the
-- numbers in it, a rate to 0.01 % where 0.1 % would not give the points. points_lost: what a full value
-- would have given more.
CREATE VIEW appraisal_formulas AS
WITH texts AS (
    SELECT person, measure, card_weight, type, floor, full, cap, rule, region, value, card_points, reached,
           CASE type WHEN 'money' THEN 'whole' WHEN 'rate' THEN 'percent1' ELSE 'number' END AS shape,
           CASE WHEN type = 'rate' AND abs(reached - round(reached, 3)) > 0.000005 THEN 'percent2' END AS fine_shape
    FROM appraisal_scores
    WHERE month = as_of_month()
)
SELECT t.person, t.measure, coalesce(w.label, t.measure) AS measure_label, t.value, t.floor, t.full, t.cap,
       t.card_weight, t.card_points, max(0.0, t.card_weight - t.card_points) AS points_lost, t.rule,
       coalesce(r.name, t.region) AS own_region,
       CASE WHEN t.value IS NULL THEN t('not known: counts neither for nor against')
            WHEN t.card_points IS NULL THEN t('full and floor are the same')
            ELSE concat(
                t('{1} × ({2} − {3}) ÷ ({4} − {3}) = {5}', number(t.card_weight), format(t.reached, coalesce(t.fine_shape, t.shape)),
                  format(t.floor, t.shape), format(t.full, t.shape),
                  format(t.card_weight * ratio(t.reached - t.floor, t.full - t.floor), 'number1')),
                CASE WHEN t.reached <> t.value THEN t('; from the cap on no more') END,
                CASE WHEN t.card_weight * ratio(t.reached - t.floor, t.full - t.floor) < 0
                     THEN t('; not below 0') END,
                CASE WHEN t.region IS NOT NULL THEN t('; as for {1}', coalesce(r.name, t.region)) END)
            END AS formula
FROM texts AS t
LEFT JOIN data_words AS w ON w.name = t.measure
LEFT JOIN regions AS r ON r.region = t.region;

-- Where a person loses most points in the as-of month; ties to the measure that sorts first.
CREATE VIEW appraisal_losses AS
SELECT person, measure_label, points_lost
FROM (SELECT person, measure_label, points_lost,
             row_number() OVER (PARTITION BY person ORDER BY points_lost DESC, measure) AS nth
      FROM appraisal_formulas
      WHERE points_lost > 0.05)
WHERE nth = 1;

-- Mean score by scope and month, company and regions, of the people who belonged there then.
CREATE VIEW appraisal_means AS
SELECT 'company' AS scope, 'company' AS of, month, avg(card_score) AS average_score, count(card_score) AS people,
       count(CASE WHEN round(card_score, 1) < 60 THEN 1 END) AS low_scores, max(closed) AS closed
FROM appraisal_totals
WHERE card_score IS NOT NULL
GROUP BY month
UNION ALL
SELECT 'region', p.of, t.month, avg(t.card_score), count(t.card_score),
       count(CASE WHEN round(t.card_score, 1) < 60 THEN 1 END), max(t.closed)
FROM appraisal_totals AS t
JOIN person_scopes AS p ON p.person = t.person AND t.month >= p.from_month AND t.month < p.before_month
                       AND p.scope = 'region'
WHERE t.card_score IS NOT NULL
GROUP BY p.of, t.month;

-- ---- pay ----

-- Each person's part of the order lines of this month and the one before: the whole line, or of a shared
-- order the share that credits.csv gives on the line's day, by largest remainder: of its rows those that
-- start last by then, before the first of them none. Money. Returns and cancellations are lines below
-- zero; they are shared as their order is then.
CREATE VIEW appraisal_order_parts AS
WITH shares AS (
    SELECT _row, order_id, person, share, starts,
           min(starts) OVER (PARTITION BY order_id ORDER BY coalesce(starts, '')
                             GROUPS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS before_day
    FROM credits
    WHERE order_id IS NOT NULL AND share > 0
),
firsts AS (
    SELECT order_id, min(coalesce(starts, '')) AS first_day FROM shares GROUP BY order_id
)
SELECT s._row AS line_row, s.date, month(s.date) AS month, s.order_id, s.customer, s.product, p.line, s.amount,
       c.person, ratio(c.share, sum(c.share) OVER (PARTITION BY s._row)) AS own_share,
       share_out(s.amount, c.share, c._row) OVER (PARTITION BY s._row) ->> c._row AS own_amount
FROM appraisal_order_lines AS s
JOIN shares AS c ON c.order_id = s.order_id AND (c.starts IS NULL OR c.starts <= s.date)
                AND (c.before_day IS NULL OR c.before_day > s.date)
LEFT JOIN products AS p ON p.product = s.product
UNION ALL
SELECT s._row, s.date, month(s.date), s.order_id, s.customer, s.product, p.line, s.amount, s.person, 1.0, s.amount
FROM appraisal_order_lines AS s
LEFT JOIN products AS p ON p.product = s.product
LEFT JOIN firsts AS f ON f.order_id = s.order_id
WHERE s.person IS NOT NULL AND (f.order_id IS NULL OR s.date < f.first_day);

-- The rows of commission.csv that hold in this month and the one before: those of the same person, role
-- and product line that start in the same month are a whole, and of these wholes the one that started
-- last holds, without the steps of the one before.
CREATE VIEW appraisal_rate_rows AS
WITH started AS (
    SELECT m.month, c._row AS rate_row, c.person, c.role, c.product_line, c.from_amount, c.rate,
           rank() OVER (PARTITION BY m.month, c.person, c.role, c.product_line
                        ORDER BY coalesce(c.starts, '0000-01') DESC) AS nth
    FROM commission AS c
    JOIN (SELECT as_of_month() AS month UNION ALL SELECT add_months(as_of_month(), -1)) AS m
      ON c.starts IS NULL OR c.starts <= m.month
)
SELECT month, rate_row, person, role, product_line, coalesce(from_amount, 0) AS from_amount, rate
FROM started
WHERE nth = 1;

-- The rate of each person, month and product line: of the rows that hold in the month, that fit and whose
-- from_amount the person's own revenue of the month has reached, the one for the person before those for
-- the role before those for everybody, for the product line before those for all, the highest tier first.
-- It holds for all lines of the month. A month in which more came back than was sold has the rate of one
-- without revenue. No row where none fits.
CREATE VIEW appraisal_rates AS
WITH own AS (
    SELECT person, month, sum(own_amount) AS revenue FROM appraisal_order_parts GROUP BY person, month
),
lines AS (
    SELECT DISTINCT person, month, line FROM appraisal_order_parts
),
fitting AS (
    SELECT l.person, l.month, l.line, c.rate, c.from_amount, o.revenue,
           row_number() OVER (PARTITION BY l.person, l.month, l.line
                              ORDER BY c.person IS NULL, c.role IS NULL, c.product_line IS NULL,
                                       c.from_amount DESC, c.rate_row) AS nth
    FROM lines AS l
    JOIN own AS o ON o.person = l.person AND o.month = l.month
    JOIN people AS p ON p.person = l.person
    JOIN appraisal_rate_rows AS c
      ON c.month = l.month AND (c.person IS NULL OR c.person = l.person) AND (c.role IS NULL OR c.role = p.role)
     AND (c.product_line IS NULL OR c.product_line = l.line) AND c.from_amount <= max(o.revenue, 0)
)
SELECT person, month, line, rate AS commission_rate, from_amount AS tier_from
FROM fitting
WHERE nth = 1;

-- The order lines that pay, each with its rate: commission = own amount × rate, rounded to the smallest
-- unit (after four more decimals, so that a half is one). Of this month and the one before. A return
-- takes back at the rate of the month in which it comes.
CREATE VIEW appraisal_pay_lines AS
SELECT o.person, o.month, o.date, o.order_id, o.line_row, o.customer, o.product, o.line, o.amount AS line_amount,
       o.own_share, o.own_amount, r.commission_rate, r.tier_from,
       CAST(round(round(o.own_amount * r.commission_rate, 4)) AS INTEGER) AS commission,
       CASE WHEN o.amount < 0 THEN 1 ELSE 0 END AS is_return
FROM appraisal_order_parts AS o
JOIN appraisal_rates AS r ON r.person = o.person AND r.month = o.month AND r.line IS o.line;

-- What each person earned in this month and the one before, and what of it is open. Of the rows of
-- pay.csv that have started by the month the latest holds for it.
--   base_pay   base, of part of a month by its working days
--   base_before  the base until then, in the month in which another begins
--   bonus      bonus at 100 points × score ÷ 100      NULL where the score is not known
--   commission of all lines that pay, returns among them; taken_back: that of the returns alone
--   earned     base_pay + bonus + commission
--   open       earned − paid for the month            NULL where paid.csv knows nothing of a month
--                                                     before: it is taken as settled
-- Who left in the month before is among them still, for what is open.
CREATE VIEW appraisal_pay AS
WITH months AS (
    SELECT month, first, last, working_days FROM calendar
    WHERE month IN (as_of_month(), add_months(as_of_month(), -1))
),
commissions AS (
    SELECT person, month, sum(commission) AS commission,
           sum(CASE WHEN is_return = 1 THEN commission ELSE 0 END) AS taken_back
    FROM appraisal_pay_lines
    GROUP BY person, month
),
payments AS (
    SELECT person, period, sum(amount) AS amount FROM paid GROUP BY person, period
),
settled AS (
    SELECT DISTINCT period FROM paid
),
wages AS (
    SELECT y.person, m.month, y.base, y.bonus_at_full, row_number() OVER latest AS nth,
           CASE WHEN y.starts = m.month THEN lead(y.base) OVER latest END AS base_before
    FROM pay AS y
    JOIN months AS m ON y.starts IS NULL OR y.starts <= m.month
    WINDOW latest AS (PARTITION BY y.person, m.month ORDER BY coalesce(y.starts, '0000-01') DESC, y._row)
),
parts AS (
    SELECT p.person, m.month,
           CASE WHEN p.left IS NULL OR p.left >= m.first
                THEN CAST(round(ratio(1.0 * y.base * working_days(max(m.first, coalesce(p.hired, m.first)),
                                                                  min(m.last, coalesce(p.left, m.last))),
                                      m.working_days)) AS INTEGER) END AS base_pay,
           y.base_before, y.bonus_at_full, t.card_score,
           CAST(round(y.bonus_at_full * ratio(t.card_score, 100)) AS INTEGER) AS bonus,
           c.commission, c.taken_back, a.amount AS paid_before,
           CASE WHEN m.month = as_of_month() OR s.period IS NOT NULL THEN 1 ELSE 0 END AS counts
    FROM people AS p
    JOIN months AS m ON (p.hired IS NULL OR p.hired <= m.last)
                    AND (p.left IS NULL OR p.left >= month_first(add_months(as_of_month(), -1)))
    LEFT JOIN wages AS y ON y.person = p.person AND y.month = m.month AND y.nth = 1
    LEFT JOIN appraisal_totals AS t ON t.person = p.person AND t.month = m.month
    LEFT JOIN commissions AS c ON c.person = p.person AND c.month = m.month
    LEFT JOIN payments AS a ON a.person = p.person AND a.period = m.month
    LEFT JOIN settled AS s ON s.period = m.month
    WHERE y.person IS NOT NULL OR c.person IS NOT NULL OR a.person IS NOT NULL
)
SELECT person, month, base_pay, base_before, bonus_at_full, card_score, bonus, commission, taken_back,
       coalesce(paid_before, 0) AS paid_before,
       coalesce(base_pay, 0) + coalesce(bonus, 0) + coalesce(commission, 0) AS earned,
       CASE WHEN counts = 1
            THEN coalesce(base_pay, 0) + coalesce(bonus, 0) + coalesce(commission, 0) - coalesce(paid_before, 0)
            END AS open
FROM parts;

-- The statement of the as-of month: what it brought, what was paid for it, what is open of the month
-- before, and what is due = earned − paid before + carried. Money.
CREATE VIEW appraisal_statements AS
SELECT n.person, w.name, p.role, p.region, n.base_pay, n.base_before, n.bonus_at_full, n.card_score,
       n.bonus, n.commission, n.taken_back, n.earned, n.paid_before, b.open AS carried, b.earned AS earned_before,
       b.paid_before AS paid_month_before, n.open + coalesce(b.open, 0) AS to_pay
FROM appraisal_pay AS n
JOIN people AS p ON p.person = n.person
JOIN people_names AS w ON w.person = n.person
LEFT JOIN appraisal_pay AS b ON b.person = n.person AND b.month = add_months(as_of_month(), -1)
WHERE n.month = as_of_month();

-- ---- what joins the whole ----

-- The mean score of the month, and once it is over the same month a year before and how many are below 60
-- points: of half a month they would say nothing. series: whole months.
CREATE VIEW appraisal_scope_figures AS
WITH trends AS (
    SELECT scope, of, series(month, average_score) AS series
    FROM appraisal_means
    WHERE closed = 1
    GROUP BY scope, of
)
SELECT m.scope, m.of, 18 AS rank, 'average_score' AS name, m.average_score AS value, NULL AS target,
       CASE WHEN m.closed = 1 THEN b.average_score END AS before, t.series,
       t('Average score of the month') AS label
FROM appraisal_means AS m
LEFT JOIN trends AS t ON t.scope = m.scope AND t.of = m.of
LEFT JOIN appraisal_means AS b ON b.scope = m.scope AND b.of = m.of AND b.month = add_months(as_of_month(), -12)
WHERE m.month = as_of_month()
UNION ALL
SELECT m.scope, m.of, 18, 'low_scores', m.low_scores, NULL, NULL, NULL, t('People below 60 points this month')
FROM appraisal_means AS m
WHERE m.month = as_of_month() AND m.low_scores > 0 AND m.closed = 1
UNION ALL
SELECT 'person', s.person, 18, 'card_score', s.card_score, NULL,
       CASE WHEN s.closed = 1 THEN b.card_score END, t.series, t('Score of the month')
FROM appraisal_standing AS s
LEFT JOIN (SELECT person, series(month, card_score) AS series
           FROM appraisal_totals
           WHERE closed = 1
           GROUP BY person) AS t ON t.person = s.person
LEFT JOIN appraisal_totals AS b ON b.person = s.person AND b.month = add_months(as_of_month(), -12)
WHERE s.card_score IS NOT NULL;

CREATE VIEW appraisal_figures AS
SELECT rank, name, value, target, before, series, 'appraisal' AS page, NULL AS key
FROM appraisal_scope_figures
WHERE scope = 'company';

-- Who leads and who is last, by scope; how many scores stand on a part of their scorecard; of a person the
-- score, the place, and where most is lost.
CREATE VIEW appraisal_findings AS
WITH members AS (
    SELECT 'company' AS scope, 'company' AS of, person, name, card_score FROM appraisal_standing
    UNION ALL
    SELECT 'region', p.of, s.person, s.name, s.card_score
    FROM appraisal_standing AS s
    JOIN person_scopes AS p ON p.person = s.person AND as_of_month() >= p.from_month
                           AND as_of_month() < p.before_month AND p.scope = 'region'
),
ends AS (
    SELECT scope, of, name, card_score, closed,
           row_number() OVER (PARTITION BY scope, of ORDER BY card_score DESC, person) AS from_first,
           row_number() OVER (PARTITION BY scope, of ORDER BY card_score, person) AS from_last
    FROM members
    JOIN (SELECT max(closed) AS closed FROM appraisal_standing)
    WHERE card_score IS NOT NULL
),
partly AS (
    SELECT name, known_weight, all_weight, count(*) OVER () AS scores,
           row_number() OVER (ORDER BY ratio(known_weight, all_weight), person) AS nth
    FROM appraisal_standing
    WHERE card_score IS NOT NULL AND known_weight < all_weight
)
SELECT m.scope, m.of, 51 AS rank,
       concat(t(CASE WHEN f.closed = 1 THEN '{1}: average score {2} of 100'
                     ELSE '{1} so far: average score {2} of 100' END,
                month_text(m.month), format(m.average_score, 'number1')),
              CASE WHEN m.people > 1
                   THEN t('; {1} leads with {2}, {3} is last with {4}.', f.name, format(f.card_score, 'number1'),
                          l.name, format(l.card_score, 'number1'))
                   ELSE t(', of one person.') END) AS text
FROM appraisal_means AS m
JOIN ends AS f ON f.scope = m.scope AND f.of = m.of AND f.from_first = 1
JOIN ends AS l ON l.scope = m.scope AND l.of = m.of AND l.from_last = 1
WHERE m.month = as_of_month()
UNION ALL
SELECT scope, of, 54,
       t(CASE low_scores WHEN 1 THEN '{1} of {2} people is below 60 points.'
                         ELSE '{1} of {2} people are below 60 points.' END,
         low_scores, people)
FROM appraisal_means
WHERE month = as_of_month() AND low_scores > 0 AND people > 1 AND closed = 1
UNION ALL
SELECT 'company', 'company', 55,
       t(CASE s.scores WHEN 1 THEN '{1} of {2} scores stands on a part of the scorecard, {3} of {4} points of weight: what is not known counts neither for nor against.'
                       ELSE '{1} of {2} scores stand on a part of the scorecard, that of {5} on {3} of {4} points of weight: what is not known counts neither for nor against.' END,
         s.scores, p.people, number(s.known_weight), number(s.all_weight), s.name)
FROM partly AS s
JOIN (SELECT count(*) AS people FROM appraisal_standing WHERE card_score IS NOT NULL) AS p
WHERE s.nth = 1
UNION ALL
SELECT 'person', s.person, 51,
       concat(t(CASE WHEN s.closed = 1 THEN '{1}: {2} of 100 points, grade {3}, rank {4}'
                     ELSE '{1} so far: {2} of 100 points, grade {3}, rank {4}' END,
                month_text(as_of_month()), format(s.card_score, 'number1'), s.grade, s.score_rank),
              CASE WHEN l.person IS NOT NULL
                   THEN t('; most is lost at {1} ({2} {2:point|points}).', lower(l.measure_label),
                          format(l.points_lost, 'number1'))
                   ELSE '.' END)
FROM appraisal_standing AS s
LEFT JOIN appraisal_losses AS l ON l.person = s.person
WHERE s.card_score IS NOT NULL;

-- People below 60 points in the latest whole month; more urgent where the month before was so, too.
CREATE VIEW appraisal_exceptions AS
WITH latest AS (
    SELECT max(month) AS month FROM appraisal_totals WHERE closed = 1
)
SELECT concat('appraisal:low:', t.person) AS id,
       CASE WHEN round(b.card_score, 1) < 60 THEN 2 ELSE 3 END AS severity,
       NULL AS cost, coalesce(p.manager, t.person) AS owner,
       CASE WHEN round(b.card_score, 1) < 60
            THEN t('{1}: {2} of 100 points in {3}, {4} the month before', w.name,
                   format(t.card_score, 'number1'), month_text(t.month), format(b.card_score, 'number1'))
            ELSE t('{1}: {2} of 100 points in {3}', w.name, format(t.card_score, 'number1'),
                   month_text(t.month)) END AS text,
       'person' AS page, t.person AS key,
       c.closes AS since
FROM appraisal_totals AS t
JOIN latest AS m ON m.month = t.month
JOIN people AS p ON p.person = t.person
JOIN people_names AS w ON w.person = t.person
LEFT JOIN appraisal_totals AS b ON b.person = t.person AND b.month = add_months(t.month, -1)
JOIN calendar AS c ON c.month = CASE WHEN round(b.card_score, 1) < 60 THEN b.month ELSE t.month END
WHERE round(t.card_score, 1) < 60 AND (p.left IS NULL OR p.left > as_of());

-- Scorecards that contradict themselves.
CREATE VIEW appraisal_checks AS
-- A card is what holds in one region from one month on; the company's is that of the places without a row
-- of their own. Of months in which the sum stays as wrong as it was, the first is told.
WITH places AS (
    SELECT DISTINCT role, region FROM appraisal_rules
),
fitting AS (
    SELECT p.role, p.region, r.rule, r.measure, r.from_month, r.weight, coalesce(d.depth, 0) AS depth,
           r.region IS p.region AS is_own
    FROM places AS p
    JOIN appraisal_rules AS r ON r.role = p.role
    LEFT JOIN regions_within AS w ON w.region = p.region AND w.within = r.region
    LEFT JOIN appraisal_depths AS d ON d.region = r.region
    WHERE r.region IS NULL OR w.within IS NOT NULL
),
holding AS (
    SELECT c.role, c.region, c.month, f.rule, f.weight, f.is_own, f.from_month,
           row_number() OVER (PARTITION BY c.role, c.region, c.month, f.measure
                              ORDER BY f.depth DESC, f.from_month DESC, f.rule) AS nth
    FROM (SELECT DISTINCT role, region, from_month AS month FROM fitting) AS c
    JOIN fitting AS f ON f.role = c.role AND f.region IS c.region AND f.from_month <= c.month
),
sums AS (
    SELECT role, region, month, sum(weight) AS weight,
           coalesce(min(CASE WHEN is_own AND from_month = month THEN rule END),
                    min(CASE WHEN is_own THEN rule END)) AS rule,
           lag(sum(weight)) OVER (PARTITION BY role, region ORDER BY month) AS weight_before
    FROM holding
    WHERE nth = 1
    GROUP BY role, region, month
    HAVING max(is_own)
)
SELECT 'error' AS severity, 'scorecard' AS tbl, rule AS row,
       concat(CASE WHEN region IS NULL THEN t('weights of role {1} add up to {2}', role, number(weight))
                   ELSE t('weights of role {1} in {2} add up to {3}', role, region, number(weight)) END,
              CASE WHEN month > '0000-01' THEN t(' from {1} on', month_text(month)) END) AS text,
       CASE WHEN region IS NULL THEN t('make them 100 together')
            ELSE t('make them 100, with the company''s rows of the measures that the region has none of')
            END AS remedy
FROM sums
WHERE abs(weight - 100) > 0.00001 AND (weight_before IS NULL OR abs(weight - weight_before) > 0.00001)
UNION ALL
SELECT CASE WHEN w.name IS NULL THEN 'error' ELSE 'warning' END, 'scorecard', r.rule,
       t('nothing gives the measure {1}: it has no value by person and month', r.measure),
       t('write one of {1}', (SELECT group_concat(measure, ', ')
                              FROM (SELECT DISTINCT measure FROM measures ORDER BY measure)))
FROM appraisal_rules AS r
LEFT JOIN data_words AS w ON w.name = r.measure
WHERE EXISTS (SELECT 1 FROM measures)
  AND NOT EXISTS (SELECT 1 FROM measures AS m WHERE m.measure = r.measure)
UNION ALL
SELECT 'error', 'scorecard', rule, t('full and floor of {1} are both {2}', measure, number(full)),
       t('let full be the value that gives all points, floor the one that gives none')
FROM appraisal_rules
WHERE full = floor
UNION ALL
SELECT 'error', 'scorecard', rule,
       t('the cap of {1} lies before its full value: nobody can have all points', measure),
       t('let cap be full or a better value, or leave it empty')
FROM appraisal_rules
WHERE full <> floor AND ratio(cap - floor, full - floor) < 1
UNION ALL
SELECT 'error', 'scorecard', max(rule), t('role {1} has measure {2} twice', role, measure), t('take one row out')
FROM appraisal_rules
GROUP BY role, region, measure, from_month
HAVING count(*) > 1
UNION ALL
SELECT 'warning', 'scorecard', min(s.rule), t('nobody has the role {1}', s.role),
       t('write the role as people.csv has it')
FROM appraisal_rules AS s
WHERE NOT EXISTS (SELECT 1 FROM people AS p WHERE p.role = s.role)
GROUP BY s.role;

-- Pay and rates of which two claim the same month, or of which none holds.
CREATE VIEW appraisal_pay_checks AS
WITH wages AS (
    SELECT _row AS pay_row, person, min(coalesce(starts, '0000-01')) OVER (PARTITION BY person) AS first_month,
           row_number() OVER (PARTITION BY person, starts ORDER BY _row) AS nth,
           row_number() OVER (PARTITION BY person ORDER BY coalesce(starts, '0000-01'), _row) AS place
    FROM pay
),
-- The steps of each person, role and product line that start together.
sets AS (
    SELECT person, role, product_line, starts, min(_row) AS rate_row, min(coalesce(from_amount, 0)) AS lowest,
           lag(min(coalesce(from_amount, 0))) OVER (PARTITION BY person, role, product_line
                                                    ORDER BY coalesce(starts, '0000-01')) AS lowest_before,
           concat(coalesce(person, role, t('everybody')), ', ' || product_line) AS whose
    FROM commission
    GROUP BY person, role, product_line, starts
)
SELECT 'warning' AS severity, 'pay' AS tbl, pay_row AS row,
       t('{1} has two rows from the beginning: the first is taken', person) AS text,
       t('write into column starts the first month of the later one, or take one out') AS remedy
FROM wages
WHERE nth > 1
UNION ALL
-- A row that was changed, where one more was meant.
SELECT 'warning', 'pay', y.pay_row,
       t('{1} was there before {2}, and has no pay until then', y.person, month_text(y.first_month)),
       t('write what held before as a row of its own, with column starts empty')
FROM wages AS y
JOIN people AS p ON p.person = y.person
WHERE y.place = 1 AND y.first_month > add_months(as_of_month(), -1)
  AND (p.hired IS NULL OR (month(p.hired) < y.first_month AND month(p.hired) <= as_of_month()))
  AND (p.left IS NULL OR month(p.left) >= add_months(as_of_month(), -1))
UNION ALL
SELECT 'warning', 'commission', max(c._row),
       t('two rates of {1} hold from the same amount and month: the first is taken', min(s.whose)),
       t('take one row out, or write into column starts the first month of the later one')
FROM commission AS c
JOIN sets AS s ON s.person IS c.person AND s.role IS c.role AND s.product_line IS c.product_line
              AND s.starts IS c.starts
GROUP BY c.person, c.role, c.product_line, coalesce(c.from_amount, 0), c.starts
HAVING count(*) > 1
UNION ALL
-- Who writes only the step that is new takes the others out.
SELECT 'warning', 'commission', rate_row,
       t('the rates of {1} begin at {2} from {3} on, at {4} before: below it none of them holds', whose,
         money(lowest), month_text(starts), money(lowest_before)),
       t('write all steps that hold from that month on, with that month in column starts')
FROM sets
WHERE lowest > lowest_before;
