-- Promotion: plan against done, and what a promotion brought over what would have been sold anyway.
-- Its sales are order lines of its region (with all that lies in it) and of its product's line: what
-- other products of the line lose to the promoted one counts against it.

-- Promotions with their product line, who answers for them (for the region; for the company where it
-- is the whole country), and days. place: region and line
-- together. after_first, after_last: as many whole weeks after the end, 2 to 6. shown: its days so
-- far. state: planned, running, over. Those of one name are told apart by their keys.
CREATE VIEW promotion_list AS
WITH listed AS (
    SELECT p.promotion,
           CASE WHEN count(*) OVER (PARTITION BY coalesce(p.name, p.promotion)) = 1 THEN coalesce(p.name, p.promotion)
                ELSE concat(coalesce(p.name, p.promotion), ' (', p.promotion, ')') END AS name,
           p.starts, p.ends, p.region, p.product, g.line, p.budget, CASE WHEN p.starts <= as_of() THEN p.spent END AS spent, p.goal,
           concat(p.region, char(31), CASE WHEN p.product IS NULL THEN char(30) ELSE g.line END) AS place,
           days_between(p.starts, p.ends) + 1 AS days,
           min(max(CAST(ceil(ratio(days_between(p.starts, p.ends) + 1, 7)) AS INTEGER), 2), 6) AS after_weeks,
           CASE WHEN p.starts > as_of() THEN 'planned' WHEN p.ends >= as_of() THEN 'running' ELSE 'over' END AS state
    FROM promotions AS p
    LEFT JOIN products AS g ON g.product = p.product
    WHERE p.ends >= p.starts
)
SELECT l.promotion, l.name, l.starts, l.ends, l.region, l.product, l.line, l.budget, l.spent, l.goal, l.place,
       l.days, l.after_weeks, min(l.ends, as_of()) AS last_day, add_days(l.ends, 1) AS after_first,
       add_days(l.ends, 7 * l.after_weeks) AS after_last, l.state,
       CASE WHEN l.product IS NULL THEN t('everything') ELSE coalesce(l.line, t('products without a line')) END AS promoted,
       CASE WHEN r.parent IS NULL AND r.region IN (SELECT i.parent FROM regions AS i) THEN c.owner
            ELSE coalesce(o.owner, c.owner) END AS owner
FROM listed AS l
LEFT JOIN regions AS r ON r.region = l.region
LEFT JOIN region_owners AS o ON o.region = l.region
LEFT JOIN company_owner AS c;

-- Order lines by day, of the places that have a promotion alone.
CREATE VIEW promotion_daily AS
WITH places AS (
    SELECT DISTINCT place, region, product IS NULL AS whole, line FROM promotion_list
),
cells AS (
    SELECT p.place, s.date, s.amount, s.quantity
    FROM places AS p
    JOIN promotion_sales AS s ON p.whole OR s.line IS p.line
    WHERE p.region IS NULL
    UNION ALL
    SELECT p.place, s.date, s.amount, s.quantity
    FROM places AS p
    JOIN regions_within AS w ON w.within = p.region
    CROSS JOIN promotion_sales AS s ON s.region = w.region AND (p.whole OR s.line IS p.line) -- only of these regions
)
SELECT place, date, sum(amount) AS amount, sum(quantity) AS quantity FROM cells GROUP BY place, date;

-- The first day of which sales by day are known.
CREATE VIEW promotion_known AS
SELECT month_first(max(month, add_months(as_of_month(), -24))) AS day
FROM first_month_of_sales
WHERE month IS NOT NULL;

-- Sales by week from 8 weeks before a promotion's start to the end of the weeks after it; week 0
-- begins with its first day. Whole weeks only, those without an order line are 0.
CREATE VIEW promotion_weeks AS
WITH numbers AS (
    SELECT days_between(as_of(), day) - 8 AS week FROM days(as_of(), add_days(as_of(), 60))
),
weeks AS (
    SELECT p.promotion, w.week
    FROM promotion_list AS p
    JOIN promotion_known AS k ON k.day <= add_days(p.starts, -56)
    JOIN numbers AS w
      ON add_days(p.starts, 7 * w.week) <= p.after_last AND add_days(p.starts, 7 * w.week + 6) <= as_of()
),
sums AS (
    SELECT p.promotion, CAST(floor(ratio(days_between(p.starts, d.date), 7)) AS INTEGER) AS week, sum(d.amount) AS amount
    FROM promotion_list AS p
    JOIN promotion_daily AS d ON d.place = p.place
    WHERE d.date >= add_days(p.starts, -56) AND d.date <= add_days(p.after_last, 6)
    GROUP BY p.promotion, CAST(floor(ratio(days_between(p.starts, d.date), 7)) AS INTEGER)
)
SELECT w.promotion, w.week, coalesce(s.amount, 0) AS amount
FROM weeks AS w
LEFT JOIN sums AS s ON s.promotion = w.promotion AND s.week = w.week;

-- How far the 8 weeks before swing: their sample standard deviation sd. Standard error of the sum of
-- w weeks less w times the mean of 8: sd × √(w × (1 + w ÷ 8)).
CREATE VIEW promotion_swing AS
WITH sums AS (
    SELECT promotion, avg(amount) AS mean, avg(1.0 * amount * amount) AS square, count(*) AS n
    FROM promotion_weeks
    WHERE week < 0
    GROUP BY promotion
)
SELECT promotion, mean, sqrt(max(square - mean * mean, 0) * ratio(n, n - 1)) AS sd FROM sums WHERE n = 8;

-- Sums of amount (m) and quantity (q) of a promotion's spans. during: its days so far; before: the 8
-- weeks before; fair: the same weighted, each day by how many days of its weekday the promotion has
-- had so far ÷ 8; after: the weeks after its end; …_ly: the same days 52 weeks earlier.
CREATE VIEW promotion_spans AS
WITH spans AS (
    SELECT promotion, place, starts, last_day, after_first, after_last,
           days_between(starts, last_day) + 1 AS gone, add_days(starts, -56) AS base_first
    FROM promotion_list
    WHERE state <> 'planned'
),
near AS (
    SELECT s.promotion,
           CASE WHEN d.date < s.starts THEN 'before' WHEN d.date <= s.last_day THEN 'during'
                WHEN d.date >= s.after_first THEN 'after' END AS span,
           d.amount AS m, d.quantity AS q,
           CASE WHEN d.date < s.starts
                THEN ratio(CAST(floor(ratio(s.gone + 6 - days_between(s.base_first, d.date) % 7, 7)) AS INTEGER), 8)
                END AS weight
    FROM spans AS s
    JOIN promotion_daily AS d ON d.place = s.place AND d.date BETWEEN s.base_first AND min(s.after_last, as_of())
    UNION ALL
    SELECT s.promotion,
           CASE WHEN d.date < add_days(s.starts, -364) THEN 'before_ly'
                WHEN d.date <= add_days(s.last_day, -364) THEN 'during_ly'
                WHEN d.date >= add_days(s.after_first, -364) THEN 'after_ly' END,
           d.amount, d.quantity, NULL
    FROM spans AS s
    JOIN promotion_daily AS d
      ON d.place = s.place AND d.date BETWEEN add_days(s.base_first, -364) AND add_days(s.after_last, -364)
)
SELECT s.promotion, coalesce(sum(CASE n.span WHEN 'during' THEN n.m END), 0) AS during_m,
       coalesce(sum(CASE n.span WHEN 'before' THEN n.m END), 0) AS before_m, coalesce(sum(n.m * n.weight), 0) AS fair_m,
       coalesce(sum(CASE n.span WHEN 'after' THEN n.m END), 0) AS after_m,
       coalesce(sum(CASE n.span WHEN 'during_ly' THEN n.m END), 0) AS during_ly_m,
       coalesce(sum(CASE n.span WHEN 'before_ly' THEN n.m END), 0) AS before_ly_m,
       coalesce(sum(CASE n.span WHEN 'after_ly' THEN n.m END), 0) AS after_ly_m,
       coalesce(sum(CASE n.span WHEN 'during' THEN n.q END), 0) AS during_q,
       coalesce(sum(CASE n.span WHEN 'before' THEN n.q END), 0) AS before_q, coalesce(sum(n.q * n.weight), 0) AS fair_q,
       coalesce(sum(CASE n.span WHEN 'after' THEN n.q END), 0) AS after_q,
       coalesce(sum(CASE n.span WHEN 'during_ly' THEN n.q END), 0) AS during_ly_q,
       coalesce(sum(CASE n.span WHEN 'before_ly' THEN n.q END), 0) AS before_ly_q,
       coalesce(sum(CASE n.span WHEN 'after_ly' THEN n.q END), 0) AS after_ly_q
FROM spans AS s
LEFT JOIN near AS n ON n.promotion = s.promotion
GROUP BY s.promotion;

-- Baselines, of money and of pieces.
--   same weekdays before = for each of its days so far, the mean of that weekday in the 8 weeks
--   before its start; NULL where sales are not known so far back
--   last year = its days 52 weeks earlier × (8 weeks before its start ÷ the same 8 weeks 52 weeks
--   earlier), so that growth is taken out; NULL where not known, or nothing was sold in those weeks
--   baseline = mean of the two, of those that are known; the same for the weeks after its end
CREATE VIEW promotion_baselines AS
WITH parts AS (
    SELECT p.promotion, s.during_m, s.during_q, s.fair_m AS before_m, s.fair_q AS before_q,
           CASE WHEN k.day <= add_days(p.starts, -420) THEN s.during_ly_m * ratio(s.before_m, s.before_ly_m) END AS year_m,
           CASE WHEN k.day <= add_days(p.starts, -420) THEN s.during_ly_q * ratio(s.before_q, s.before_ly_q) END AS year_q,
           CASE WHEN p.after_last <= as_of() THEN s.after_m END AS after_m,
           CASE WHEN p.after_last <= as_of() THEN s.after_q END AS after_q,
           ratio(s.before_m * p.after_weeks, 8) AS rest_before_m, ratio(s.before_q * p.after_weeks, 8) AS rest_before_q,
           CASE WHEN k.day <= add_days(p.starts, -420) THEN s.after_ly_m * ratio(s.before_m, s.before_ly_m) END AS rest_year_m,
           CASE WHEN k.day <= add_days(p.starts, -420) THEN s.after_ly_q * ratio(s.before_q, s.before_ly_q) END AS rest_year_q
    FROM promotion_spans AS s
    JOIN promotion_list AS p ON p.promotion = s.promotion
    JOIN promotion_known AS k ON k.day <= add_days(p.starts, -56)
)
SELECT promotion, during_m, during_q, before_m, year_m, after_m, after_q,
       ratio(before_m + coalesce(year_m, before_m), 2) AS base_m, ratio(before_q + coalesce(year_q, before_q), 2) AS base_q,
       after_m - ratio(rest_before_m + coalesce(rest_year_m, rest_before_m), 2) AS change_m,
       after_q - ratio(rest_before_q + coalesce(rest_year_q, rest_before_q), 2) AS change_q
FROM parts;

-- Promotions that run on the same days at the same place, each beside each other: their lines are the
-- same, or one promotes everything, and one region lies in the other, or one is everywhere. Days in both.
CREATE VIEW promotion_pairs AS
SELECT a.promotion, a.name, a.starts, b.promotion AS other, b.name AS other_name, b.starts AS other_starts,
       b.owner AS other_owner,
       max(a.starts, b.starts) AS common_first, min(a.ends, b.ends) AS common_last,
       days_between(max(a.starts, b.starts), min(a.ends, b.ends)) + 1 AS common_days
FROM promotion_list AS a
JOIN promotion_list AS b ON b.promotion <> a.promotion AND b.starts <= a.ends AND b.ends >= a.starts
WHERE (a.product IS NULL OR b.product IS NULL OR a.line IS b.line)
  AND (a.region IS NULL OR b.region IS NULL
       OR a.region IN (SELECT w.region FROM regions_within AS w WHERE w.within = b.region)
       OR b.region IN (SELECT w.region FROM regions_within AS w WHERE w.within = a.region));

-- Of promotions with such pairs: common_sales = what was sold on its days so far that counts for others
-- too; promotion_share = part of its sales that is its own. What is sold on one day in one region of one
-- line under several promotions is shared out by what each spends there: its cost ÷ all its sales; by
-- heads where the cost or sales of one are not known. So two at the same place and time have one return
-- and one cost per extra unit, those of both together. Returns are not shared out. Share 1 of no sales.
CREATE VIEW promotion_shares AS
WITH cells AS (
    SELECT p.promotion, p.spent, s.date, s.region, s.line, max(s.amount, 0) AS amount,
           sum(max(s.amount, 0)) OVER (PARTITION BY p.promotion) AS sold
    FROM promotion_list AS p
    JOIN days(p.starts, p.last_day) AS d
    CROSS JOIN promotion_sales AS s ON s.date = d.day -- only of these days
    WHERE p.promotion IN (SELECT promotion FROM promotion_pairs) AND (p.product IS NULL OR s.line IS p.line)
      AND (p.region IS NULL OR s.region IN (SELECT w.region FROM regions_within AS w WHERE w.within = p.region))
),
weighed AS (
    SELECT promotion, date, region, line, amount, nullif(ratio(spent, sold), 0) AS weight FROM cells
),
beside AS (
    SELECT promotion, amount, weight, count(*) OVER cell AS n, count(weight) OVER cell AS known,
           sum(weight) OVER cell AS whole
    FROM weighed
    WINDOW cell AS (PARTITION BY date, region, line)
),
sums AS (
    SELECT promotion, sum(CASE WHEN n > 1 THEN amount ELSE 0 END) AS common_sales, sum(amount) AS sold,
           sum(amount * CASE WHEN known = n THEN ratio(weight, whole) ELSE ratio(1, n) END) AS own
    FROM beside
    GROUP BY promotion
)
SELECT DISTINCT p.promotion, coalesce(s.common_sales, 0) AS common_sales, coalesce(ratio(s.own, s.sold), 1) AS promotion_share
FROM promotion_pairs AS p
LEFT JOIN sums AS s ON s.promotion = p.promotion;

-- What came of each promotion. Money in smallest units; NULL where sales are not known 8 weeks back.
--   uplift = sales − baseline · extra revenue, of promotions that are over = its share × (uplift +
--   min(change after its end, 0) once those weeks are over, else uplift), extra units alike; share 1
--   where none overlaps · return = extra revenue ÷ spent · cost per extra unit = spent ÷ extra units, NULL
--   where there are none
-- verdict, of promotions that are over: moved (the uplift is beyond chance, and the dip afterwards takes
-- half of it or more), clear (beyond chance, and over both baselines by 15 % or more), little (brought
-- less than it cost), some.
CREATE VIEW promotion_results AS
WITH sums AS (
    SELECT p.promotion, p.name, p.starts, p.ends, p.region, p.product, p.promoted, p.days, p.state, p.owner, p.budget,
           p.spent, p.goal, p.after_last, p.after_weeks, o.common_sales, o.promotion_share, b.during_m AS sales, b.before_m, b.year_m, b.base_m,
           b.during_m - b.base_m AS uplift, b.change_m, b.during_q - b.base_q AS units, b.change_q,
           1.96 * w.sd * sqrt(ratio(days_between(p.starts, p.last_day) + 1, 7)
                              * (1 + ratio(days_between(p.starts, p.last_day) + 1, 56))) AS swing
    FROM promotion_list AS p
    LEFT JOIN promotion_baselines AS b ON b.promotion = p.promotion
    LEFT JOIN promotion_swing AS w ON w.promotion = p.promotion
    LEFT JOIN promotion_shares AS o ON o.promotion = p.promotion
),
nets AS (
    SELECT promotion, name, starts, ends, region, product, promoted, days, state, owner, budget, spent, goal, after_last,
           after_weeks, sales, before_m, year_m, base_m, uplift, change_m, swing, common_sales, promotion_share,
           CASE WHEN state = 'over'
                THEN coalesce(promotion_share, 1) * (uplift + min(coalesce(change_m, 0), 0)) END AS net,
           CASE WHEN state = 'over'
                THEN coalesce(promotion_share, 1) * (units + min(coalesce(change_q, 0), 0)) END AS extra_units
    FROM sums
)
SELECT promotion, name, starts, ends, region, product, promoted, days, state, owner, budget, spent, goal, after_last,
       spent - budget AS over_budget, ratio(spent, budget) AS budget_used, sales,
       CAST(round(before_m) AS INTEGER) AS baseline_before, CAST(round(year_m) AS INTEGER) AS baseline_year,
       CAST(round(base_m) AS INTEGER) AS baseline, CAST(round(uplift) AS INTEGER) AS uplift,
       ratio(uplift, base_m) AS uplift_rate, CAST(round(swing) AS INTEGER) AS usual_swing,
       CAST(round(change_m) AS INTEGER) AS after_change, common_sales, promotion_share,
       CAST(round(net) AS INTEGER) AS net_uplift, extra_units,
       ratio(net, goal) AS goal_reached, ratio(net, spent) AS promotion_return,
       CASE WHEN extra_units > 0 THEN CAST(round(ratio(spent, extra_units)) AS INTEGER) END AS cost_per_extra_unit,
       CASE WHEN state <> 'over' OR uplift IS NULL THEN NULL
            WHEN uplift > swing AND change_m <= -0.5 * uplift THEN 'moved'
            WHEN uplift > swing AND sales >= 1.15 * before_m AND sales >= 1.15 * coalesce(year_m, before_m)
                 AND net >= coalesce(spent, 0) THEN 'clear'
            WHEN net < spent THEN 'little' ELSE 'some' END AS verdict
FROM nets;

-- Results in words, as tables and charts show them; of one that overlaps with another, which part is its own.
CREATE VIEW promotion_verdicts AS
WITH told AS (
    SELECT promotion, state, promotion_share,
           CASE WHEN verdict = 'moved' THEN t('moved sales forward') WHEN verdict = 'clear' THEN t('clear uplift')
                WHEN verdict = 'little' AND abs(uplift) <= usual_swing THEN t('less than it cost; may be chance')
                WHEN verdict = 'little' THEN t('less than it cost') WHEN verdict = 'some' THEN t('no clear uplift')
                WHEN state = 'planned' THEN t('planned') WHEN state = 'running' THEN t('runs')
                ELSE t('not known') END AS text
    FROM promotion_results
)
SELECT promotion,
       CASE WHEN promotion_share IS NULL THEN text
            WHEN state = 'over' THEN t('{1}; overlaps, {2} is its own', text, percent(promotion_share))
            ELSE t('{1}; overlaps', text) END AS promotion_verdict
FROM told;

-- Materials in pieces. lacking: planned and not displayed. begun: the promotion's first day is over.
CREATE VIEW promotion_materials AS
SELECT m.promotion, p.name, p.region, p.state, p.starts, p.ends, p.owner, m.material, coalesce(m.planned, 0) AS planned,
       coalesce(m.made, 0) AS made, coalesce(m.sent, 0) AS sent, coalesce(m.displayed, 0) AS displayed,
       ratio(coalesce(m.displayed, 0), m.planned) AS displayed_rate,
       max(coalesce(m.planned, 0) - coalesce(m.displayed, 0), 0) AS lacking,
       CASE WHEN p.starts <= as_of() THEN 1 ELSE 0 END AS begun
FROM materials AS m
JOIN promotion_list AS p ON p.promotion = m.promotion;

-- Promotions that are on, or were over less than 60 days ago, of whose material less than half is displayed.
CREATE VIEW promotion_undisplayed AS
SELECT promotion, name, region, state, starts, ends, owner, count(*) AS materials, min(material) AS material,
       sum(planned) AS planned, sum(displayed) AS displayed, sum(lacking) AS lacking
FROM promotion_materials
WHERE begun = 1 AND planned > 0 AND 2 * displayed < planned AND ends > add_days(as_of(), -60)
GROUP BY promotion, name, region, state, starts, ends, owner;

-- The scopes to which a promotion belongs: the company, and each region in which its own lies.
CREATE VIEW promotion_scopes AS
SELECT 'company' AS scope, 'company' AS of, promotion FROM promotion_list
UNION ALL
SELECT 'region', w.within, p.promotion
FROM promotion_list AS p
JOIN regions_within AS w ON w.region = p.region;

-- Promotions that ended in the last 12 months (this month so far and the 11 before), by scope. Of the
-- return only those count of which the extra revenue is known.
CREATE VIEW promotion_year AS
SELECT s.scope, s.of, count(*) AS promotions_over, sum(r.budget) AS budget, sum(r.spent) AS spent,
       ratio(sum(CASE WHEN r.budget IS NOT NULL THEN r.spent END), sum(CASE WHEN r.spent IS NOT NULL THEN r.budget END))
           AS budget_used,
       sum(CASE WHEN r.spent IS NOT NULL THEN r.net_uplift END) AS net_uplift,
       sum(CASE WHEN r.net_uplift IS NOT NULL THEN r.spent END) AS spent_known,
       ratio(sum(CASE WHEN r.spent IS NOT NULL THEN r.net_uplift END),
             sum(CASE WHEN r.net_uplift IS NOT NULL THEN r.spent END)) AS promotion_return,
       count(CASE WHEN r.spent IS NOT NULL THEN r.net_uplift END) AS known
FROM promotion_scopes AS s
JOIN promotion_results AS r ON r.promotion = s.promotion
WHERE r.state = 'over' AND month(r.ends) > add_months(as_of_month(), -12)
GROUP BY s.scope, s.of;

-- ---- what the whole reads ----

-- Key figures of the last 12 months.
CREATE VIEW promotion_scope_figures AS
SELECT scope, of, 43 AS rank, 'promotion_return' AS name, promotion_return AS value, NULL AS target, NULL AS before,
       NULL AS series
FROM promotion_year
WHERE promotion_return IS NOT NULL
UNION ALL
SELECT scope, of, 44, 'net_uplift', net_uplift, NULL, NULL, NULL FROM promotion_year WHERE net_uplift IS NOT NULL
UNION ALL
SELECT scope, of, 45, 'promotion_spent', spent, budget, NULL, NULL FROM promotion_year WHERE spent IS NOT NULL;

-- The start page's figures: those of the company.
CREATE VIEW promotion_figures AS
SELECT rank, name, value, target, before, series, 'promotion' AS page, NULL AS key
FROM promotion_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences. Single promotions: the one that cost or brought most.
CREATE VIEW promotion_findings AS
WITH ended AS (
    SELECT s.scope, s.of, r.name, r.verdict, r.uplift, r.after_change, r.after_last, r.ends, r.spent, r.net_uplift,
           r.over_budget, r.budget_used, r.promotion_return, r.sales, r.baseline,
           row_number() OVER (PARTITION BY s.scope, s.of, r.verdict
                              ORDER BY CASE r.verdict WHEN 'clear' THEN -r.net_uplift WHEN 'little' THEN -coalesce(r.over_budget, 0)
                                              ELSE -coalesce(r.spent, 0) END,
                                       r.promotion) AS nth
    FROM promotion_scopes AS s
    JOIN promotion_results AS r ON r.promotion = s.promotion
    WHERE r.verdict IS NOT NULL AND month(r.ends) > add_months(as_of_month(), -12)
),
bare AS (
    SELECT s.scope, s.of, u.name, u.planned, u.displayed, u.state,
           row_number() OVER (PARTITION BY s.scope, s.of ORDER BY u.lacking DESC, u.promotion) AS nth
    FROM promotion_scopes AS s
    JOIN promotion_undisplayed AS u ON u.promotion = s.promotion
)
SELECT scope, of, 230 AS rank,
       CASE WHEN net_uplift >= 0
            THEN t(CASE known WHEN 1 THEN '1 promotion of the last 12 months cost {2} and brought {3} of extra revenue: {4} for each 1 spent.'
                              ELSE '{1} promotions of the last 12 months cost {2} and brought {3} of extra revenue: {4} for each 1 spent.'
                   END, known, short_money(spent_known), short_money(net_uplift), format(promotion_return, 'number2'))
            ELSE t(CASE known WHEN 1 THEN '1 promotion of the last 12 months cost {2}, and sales were {3} below what was to be expected without it.'
                              ELSE '{1} promotions of the last 12 months cost {2}, and sales were {3} below what was to be expected without them.'
                   END, known, short_money(spent_known), short_money(-net_uplift)) END AS text
FROM promotion_year
WHERE known > 0 AND promotion_return IS NOT NULL
UNION ALL
SELECT scope, of, 231,
       t('{1} only moved sales forward: {2} over the baseline in its days, {3} in the weeks after.', name,
         format(uplift, '+short_money'), format(after_change, '+short_money'))
FROM ended
WHERE verdict = 'moved' AND nth = 1
UNION ALL
SELECT scope, of, 232,
       concat(CASE WHEN over_budget > 0 AND budget_used IS NOT NULL
                   THEN t('{1} went {2} over budget, to {3},', name, percent(budget_used - 1), short_money(spent))
                   ELSE t('{1} cost {2}', name, short_money(spent)) END,
              CASE WHEN net_uplift > 0 THEN t(' and brought {1} of extra revenue.', short_money(net_uplift))
                   ELSE t(' and brought no extra revenue.') END)
FROM ended
WHERE verdict = 'little' AND nth = 1
UNION ALL
SELECT scope, of, 233,
       t('{1} has the clearest uplift: {2} sold, {3} would have been without it.', name, short_money(sales),
         short_money(baseline))
FROM ended
WHERE verdict = 'clear' AND nth = 1
UNION ALL
SELECT scope, of, 234,
       t(CASE state WHEN 'running' THEN '{1} runs, and of {2} {2:piece|pieces} of its material {3} {3:is|are} displayed.'
                    ELSE 'Of {2} {2:piece|pieces} of material of {1}, {3} {3:was|were} displayed.' END, name, planned, displayed)
FROM bare
WHERE nth = 1;

-- Material that is not displayed while the promotion runs; promotions over budget, those that moved
-- sales forward and those that brought less than they cost, up to 120 days after their end; two that are
-- to overlap, from four weeks before until they do: one line each, the ten dearest, the rest together.
-- Owner: who answers for the region, of two that of the later one.
CREATE VIEW promotion_exceptions AS
WITH found AS (
    SELECT concat('promotion:display:', promotion) AS id, CASE state WHEN 'running' THEN 1 ELSE 3 END AS severity,
           NULL AS cost, owner,
           CASE materials
                WHEN 1 THEN t('{1}: {2} of {3} planned {3:piece is|pieces are} displayed ({4})', name, displayed, planned, material)
                ELSE t('{1}: {2} of {3} planned {3:piece|pieces} of {4} materials are displayed', name, displayed, planned, materials)
                END AS text,
           starts AS since
    FROM promotion_undisplayed
    UNION ALL
    SELECT concat('promotion:result:', promotion),
           CASE WHEN over_budget > 0.1 * budget THEN 2 ELSE 3 END,
           CASE WHEN verdict IN ('moved', 'little') THEN spent - max(net_uplift, 0) ELSE over_budget END, owner,
           CASE WHEN over_budget > 0.1 * budget AND verdict IN ('moved', 'little')
                THEN t('{1}: {2} over budget, {3} extra revenue for {4} spent', name, percent(budget_used - 1),
                       CASE WHEN net_uplift > 0 THEN short_money(net_uplift) ELSE t('no') END, short_money(spent))
                WHEN over_budget > 0.1 * budget THEN t('{1}: {2} over budget', name, percent(budget_used - 1))
                WHEN verdict = 'moved'
                THEN t('{1} only moved sales forward: {2} in its days, {3} after', name, format(uplift, '+short_money'),
                       format(after_change, '+short_money'))
                ELSE t('{1}: {2} extra revenue for {3} spent', name,
                       CASE WHEN net_uplift > 0 THEN short_money(net_uplift) ELSE t('no') END, short_money(spent)) END,
           CASE WHEN verdict IN ('moved', 'little') AND after_last <= as_of() AND net_uplift < spent THEN after_last
                WHEN verdict IS NULL THEN starts ELSE add_days(ends, 1) END
    FROM promotion_results
    WHERE state <> 'planned' AND ends > add_days(as_of(), -120)
      AND (over_budget > 0.1 * budget
           OR (verdict IN ('moved', 'little') AND after_last <= as_of() AND net_uplift < spent))
    UNION ALL
    SELECT concat('promotion:overlap:', promotion, ':', other), 3, NULL, other_owner,
           t(CASE common_days WHEN 1 THEN '{1} and {2} are to run at the same place on the same day: what each brings cannot be told apart'
                              ELSE '{1} and {2} are to run at the same place on the same {3} days: what each brings cannot be told apart'
             END, name, other_name, common_days),
           add_days(common_first, -28)
    FROM promotion_pairs
    WHERE common_first > as_of() AND common_first <= add_days(as_of(), 28) AND (starts, promotion) < (other_starts, other)
),
ordered AS (
    SELECT id, severity, cost, owner, text, since, row_number() OVER (ORDER BY severity, cost DESC, id) AS nth FROM found
)
SELECT id, severity, cost, owner, text, 'promotion' AS page, NULL AS key, since
FROM ordered
WHERE nth <= 10
UNION ALL
SELECT 'promotion:others', min(o.severity), sum(o.cost), c.owner,
       t(CASE count(*) WHEN 1 THEN '1 more promotion needs a look' ELSE '{1} more promotions need a look' END, count(*)),
       'promotion', NULL, min(o.since)
FROM ordered AS o
LEFT JOIN company_owner AS c
WHERE o.nth > 10
GROUP BY c.owner;

-- What the search finds: promotions stand on the system's page.
CREATE VIEW promotion_finds AS
SELECT 'promotion' AS kind, promotion AS id, name, 'promotion' AS page, '' AS key FROM promotion_list;

-- Promotions that run or will.
CREATE VIEW promotion_events AS
SELECT concat('promotion-', promotion) AS uid, starts, ends, owner, t('Promotion: {1}', name) AS title,
       'promotion' AS page, NULL AS key
FROM promotion_list
WHERE ends >= as_of();

-- An end before the start; a product without a line, beside which all others without one count; more
-- pieces sent than made or displayed than sent.
CREATE VIEW promotion_checks AS
SELECT 'error' AS severity, 'promotions' AS tbl, _row AS row, t('{1} ends before it starts', promotion) AS text,
       t('correct starts or ends') AS remedy
FROM promotions
WHERE ends < starts
UNION ALL
SELECT 'warning', 'promotions', p._row,
       t('{1} promotes {2}, which has no line: the sales of all products without a line count', p.promotion, p.product),
       t('give the product a line in products.csv')
FROM promotions AS p
JOIN products AS g ON g.product = p.product AND g.line IS NULL
UNION ALL
SELECT 'warning', 'materials', _row,
       t('{1} of {2}: more pieces are displayed or sent than there are', material, promotion),
       t('correct made, sent or displayed')
FROM materials
WHERE sent > made OR displayed > sent;
