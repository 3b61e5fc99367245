-- Forecast: whole months of each series, carried on by the method that did best on its own past.

-- The last month that is over: that of the as-of date only if no working day of it is left. first
-- is the first month of sales.
CREATE VIEW forecast_span AS
SELECT f.month AS first,
       CASE WHEN c.gone = c.working_days THEN c.month ELSE add_months(c.month, -1) END AS last
FROM calendar AS c
JOIN first_month_of_sales AS f
WHERE c.month = as_of_month();

-- What the nine methods are called; Holt-Winters with an additive (+) or multiplicative (×) season.
CREATE VIEW forecast_methods AS
SELECT column1 AS method, column2 AS name, column3 AS seq
FROM (VALUES ('naive', t('Naive'), 1), ('seasonal_naive', t('Seasonal naive'), 2),
             ('moving_average', t('Moving average'), 3), ('linear_trend', t('Linear trend'), 4),
             ('simple_smoothing', t('Simple smoothing'), 5), ('holt', t('Holt'), 6),
             ('holt_winters_additive', t('Holt-Winters +'), 7),
             ('holt_winters_multiplicative', t('Holt-Winters ×'), 8), ('croston', t('Croston'), 9));

-- Months of each series that are over. Revenue (money) of company, regions and brands, pieces of
-- products.
CREATE VIEW forecast_cells AS
WITH all_months AS (
    SELECT scope, of, 'revenue' AS measure, month, revenue AS value
    FROM revenue_by_month
    WHERE scope IN ('company', 'region')
    UNION ALL
    SELECT 'brand', p.brand, 'revenue', s.month, sum(s.amount)
    FROM forecast_sales_product AS s
    JOIN products AS p ON p.product = s.product
    WHERE p.brand IS NOT NULL
    GROUP BY p.brand, s.month
    UNION ALL
    SELECT 'product', product, 'quantity', month, quantity
    FROM forecast_sales_product
    WHERE product IS NOT NULL AND quantity IS NOT NULL
)
SELECT c.scope, c.of, c.measure, c.month, c.value
FROM all_months AS c
JOIN forecast_span AS s ON c.month <= s.last AND c.month > add_months(s.last, -60);

-- Each series from its first month on, as JSON; a month without sales is 0, the last one too. What
-- has not sold for 12 months is left out; so is all in a book of a single month that is over, which says
-- nothing of the next.
CREATE VIEW forecast_series AS
WITH sold AS (
    SELECT c.scope, c.of, c.measure, max(s.last) AS last
    FROM forecast_cells AS c
    JOIN forecast_span AS s ON s.first < s.last
    GROUP BY c.scope, c.of, c.measure
    HAVING max(c.month) > add_months(max(s.last), -12)
),
filled AS (
    SELECT c.scope, c.of, c.measure, c.month, c.value
    FROM forecast_cells AS c
    UNION ALL
    SELECT scope, of, measure, last, 0 FROM sold
),
months AS (
    SELECT scope, of, measure, month, sum(value) AS value FROM filled GROUP BY scope, of, measure, month
)
SELECT m.scope, m.of, m.measure, s.last, min(m.month) AS first, series(m.month, m.value) AS past
FROM months AS m
JOIN sold AS s ON s.scope = m.scope AND s.of = m.of AND s.measure = m.measure
GROUP BY m.scope, m.of, m.measure, s.last;

-- The next six months of each series by the method that won: mean, 80 % and 95 % intervals (NULL
-- below nine months), whole cents or pieces; how it won. scores: JSON, MASE of each method.
CREATE VIEW forecast_steps AS
SELECT s.scope, s.of, s.measure, f.step AS nth, add_months(s.last, f.step) AS month,
       CAST(round(f.value) AS INTEGER) AS mean,
       CAST(round(f.low80) AS INTEGER) AS l80, CAST(round(f.high80) AS INTEGER) AS h80,
       CAST(round(f.low95) AS INTEGER) AS l95, CAST(round(f.high95) AS INTEGER) AS h95,
       f.method, f.mase, f.mase_seasonal, f.gain, f.origins, CASE f.step WHEN 1 THEN f.scores END AS scores
FROM forecast_series AS s
JOIN forecast(s.past, 6, 12, 'gaps=zero') AS f;

-- A row a series: next month with its intervals, the sum of six months, the same six a year before
-- (NULL where the series does not reach back so far), and how the method won.
CREATE VIEW forecast_units AS
WITH sums AS (
    SELECT f.scope, f.of, f.measure, sum(f.mean) AS half, min(f.month) AS first_month,
           max(f.month) AS last_month
    FROM forecast_steps AS f
    GROUP BY f.scope, f.of, f.measure
),
earlier AS (
    SELECT u.scope, u.of, u.measure, sum(coalesce(c.value, 0)) AS before
    FROM sums AS u
    JOIN forecast_series AS s ON s.scope = u.scope AND s.of = u.of AND s.measure = u.measure
                             AND s.first <= add_months(u.first_month, -12)
    LEFT JOIN forecast_cells AS c
           ON c.scope = u.scope AND c.of = u.of AND c.measure = u.measure
          AND c.month BETWEEN add_months(u.first_month, -12) AND add_months(u.last_month, -12)
    GROUP BY u.scope, u.of, u.measure
)
SELECT f.scope, f.of, f.measure, f.month, f.mean, f.l80, f.h80, f.l95, f.h95, s.half, s.last_month,
       e.before, ratio(s.half - e.before, e.before) AS change, f.method, m.name AS method_name, f.mase,
       f.mase_seasonal, f.gain, f.origins, f.scores
FROM forecast_steps AS f
JOIN sums AS s ON s.scope = f.scope AND s.of = f.of AND s.measure = f.measure
JOIN forecast_methods AS m ON m.method = f.method
LEFT JOIN earlier AS e ON e.scope = f.scope AND e.of = f.of AND e.measure = f.measure
WHERE f.nth = 1;

-- ---- production ----

-- Stock of a product: opening + produced − shipped of its latest month that is over. Pieces.
CREATE VIEW forecast_stock AS
WITH latest AS (
    SELECT k.product, k.month, k.opening + k.produced - k.shipped AS stock,
           row_number() OVER (PARTITION BY k.product ORDER BY k.month DESC) AS nth
    FROM stock AS k
    JOIN forecast_span AS s ON k.month <= s.last
)
SELECT product, month, stock FROM latest WHERE nth = 1;

-- What to make by month: what is needed up to a month (its forecasts and its safety stock, less the
-- stock), less what was to make before; not below zero. Safety stock: upper end of the 80 % interval
-- − forecast, so the month is served in nine cases of ten (0 while there is no interval). Pieces.
CREATE VIEW forecast_production AS
WITH needs AS (
    SELECT f.of AS product, f.nth, f.month, f.mean, f.h80 - f.mean AS safety, k.stock,
           sum(f.mean) OVER (PARTITION BY f.of ORDER BY f.nth) + coalesce(f.h80 - f.mean, 0) - k.stock AS need
    FROM forecast_steps AS f
    JOIN forecast_stock AS k ON k.product = f.of
    WHERE f.scope = 'product'
),
made AS (
    SELECT product, nth, month, mean, safety, stock,
           max(0, max(need) OVER (PARTITION BY product ORDER BY nth)) AS whole
    FROM needs
)
SELECT m.product, m.nth, m.month, m.mean, m.safety, m.stock,
       m.whole - lag(m.whole, 1, 0) OVER (PARTITION BY m.product ORDER BY m.nth) AS quantity,
       p.quantity AS planned
FROM made AS m
LEFT JOIN production AS p ON p.product = m.product AND p.month = m.month;

-- A row a product that has stock: how long it lasts (months of the next forecast), what it is short
-- of, and what that would have brought (pieces × revenue a piece of the last 12 months; money).
CREATE VIEW forecast_supply AS
WITH prices AS (
    SELECT f.product, ratio(sum(f.amount), sum(f.quantity)) AS price
    FROM forecast_sales_product AS f
    JOIN forecast_span AS s ON f.month > add_months(s.last, -12) AND f.month <= s.last
    GROUP BY f.product
),
half AS (
    SELECT product, sum(quantity) AS quantity, sum(mean) AS mean, sum(planned) AS planned
    FROM forecast_production
    GROUP BY product
)
SELECT p.product, p.stock, p.mean, p.safety, p.quantity, p.planned, h.quantity AS half,
       h.mean AS half_mean, h.planned AS half_planned, ratio(p.stock, p.mean) AS cover,
       max(p.mean - p.stock, 0) AS shortage,
       CAST(round(max(p.mean - p.stock, 0) * r.price) AS INTEGER) AS shortage_value
FROM forecast_production AS p
JOIN half AS h ON h.product = p.product
LEFT JOIN prices AS r ON r.product = p.product
WHERE p.nth = 1;

-- ---- whose word holds ----

-- A person's word for a period: the last commit up to its seventh day, else the first behind it while it
-- ran; and the latest one. The best case likewise. Money; NULL where there was none. What was noted after
-- the period is no word for it. Weeks are left out: the series are of months.
CREATE VIEW forecast_words AS
WITH noted AS (
    SELECT person, period, category, amount,
           row_number() OVER (PARTITION BY person, period, category
                              ORDER BY date > add_days(period_first(period), 6),
                                       abs(days_between(date, add_days(period_first(period), 6)))) AS counts,
           row_number() OVER (PARTITION BY person, period, category ORDER BY date DESC) AS newest
    FROM commits
    WHERE period_kind(period) <> 'week' AND date <= period_last(period)
)
SELECT person, period, period_kind(period) AS grain, month(period_first(period)) AS first_month,
       month(period_last(period)) AS last_month,
       max(CASE WHEN category = 'commit' AND counts = 1 THEN amount END) AS word,
       max(CASE WHEN category = 'commit' AND newest = 1 THEN amount END) AS word_now,
       max(CASE WHEN category = 'best case' AND counts = 1 THEN amount END) AS best_case
FROM noted
GROUP BY person, period;

-- What the weighted funnel said of a person's period when it began (of one to come: says now): deals
-- then open and then due by its end, own share of the amount × probability of the stage. Money.
CREATE VIEW forecast_funnel AS
WITH periods AS (
    SELECT period, min(period_first(period), add_days(as_of(), 1)) AS day, period_last(period) AS last
    FROM forecast_words
    GROUP BY period
),
standing AS (
    SELECT p.period, y.deal, s.probability, p.last,
           coalesce((SELECT n.expected_close FROM deal_dates AS n
                     WHERE n.deal = y.deal AND n.noted < p.day
                     ORDER BY n.noted DESC LIMIT 1), d.expected_close) AS due
    FROM periods AS p
    JOIN funnel_stays AS y ON y.entered < p.day AND (y.ended IS NULL OR y.ended >= p.day)
    JOIN deals AS d ON d.deal = y.deal
    JOIN funnel_stages AS s ON s.stage = y.stage
)
SELECT m.of AS person, s.period, sum(CAST(round(m.amount * s.probability) AS INTEGER)) AS funnel
FROM standing AS s
JOIN funnel_members AS m ON m.scope = 'person' AND m.deal = s.deal
WHERE s.due <= s.last
GROUP BY m.of, s.period;

-- What the model said of it: forecast() of the person's revenue up to the month before the period
-- (of one to come: up to the last month that is over), its months summed up. Money; periods that
-- began in the last 12 months or later.
CREATE VIEW forecast_model AS
WITH asked AS (
    SELECT w.person, w.period, w.first_month, w.last_month,
           min(add_months(w.first_month, -1), s.last) AS origin
    FROM forecast_words AS w
    JOIN forecast_span AS s ON w.first_month > add_months(s.last, -12)
                           AND w.last_month <= add_months(s.last, 24)
    WHERE w.word IS NOT NULL
),
months AS (
    SELECT a.person, a.period, r.month, r.revenue
    FROM asked AS a
    JOIN revenue_by_month AS r ON r.scope = 'person' AND r.of = a.person AND r.month < a.origin
    UNION ALL
    SELECT a.person, a.period, a.origin, coalesce(r.revenue, 0)
    FROM asked AS a
    JOIN forecast_span AS s ON s.first <= a.origin
    LEFT JOIN revenue_by_month AS r ON r.scope = 'person' AND r.of = a.person AND r.month = a.origin
),
series_of AS (
    SELECT a.person, a.period, a.first_month, a.origin, months_between(a.origin, a.last_month) AS ahead,
           series(m.month, m.revenue) AS past
    FROM asked AS a
    JOIN months AS m ON m.person = a.person AND m.period = a.period
    GROUP BY a.person, a.period, a.first_month, a.origin, a.last_month
)
SELECT s.person, s.period, CAST(round(sum(f.value)) AS INTEGER) AS model
FROM series_of AS s
JOIN forecast(s.past, s.ahead, 12, 'gaps=zero') AS f
WHERE add_months(s.origin, f.step) >= s.first_month
GROUP BY s.person, s.period;

-- A person's period: own word, funnel, model, and what came (so far, while it is not over). Money;
-- funnel is NULL in a department without deals.
CREATE VIEW forecast_periods AS
WITH actuals AS (
    SELECT w.person, w.period, sum(r.revenue) AS actual
    FROM forecast_words AS w
    JOIN revenue_by_month AS r ON r.scope = 'person' AND r.of = w.person
                              AND r.month BETWEEN w.first_month AND w.last_month
    GROUP BY w.person, w.period
)
SELECT w.person, w.period, w.grain, w.first_month, w.last_month, w.word, w.word_now, w.best_case,
       CASE WHEN EXISTS (SELECT 1 FROM deals) THEN coalesce(f.funnel, 0) END AS funnel, m.model,
       CASE WHEN w.first_month <= as_of_month() THEN coalesce(a.actual, 0) END AS actual,
       CASE WHEN w.last_month <= s.last THEN 1 ELSE 0 END AS over
FROM forecast_words AS w
JOIN forecast_span AS s
LEFT JOIN actuals AS a ON a.person = w.person AND a.period = w.period
LEFT JOIN forecast_funnel AS f ON f.person = w.person AND f.period = w.period
LEFT JOIN forecast_model AS m ON m.person = w.person AND m.period = w.period;

-- The score over the months, quarters or years of the last 12 months that are over, by what was said
-- (word, funnel, model): accuracy = 1 − sum of |said − came| ÷ sum of what came, not below 0; bias =
-- (said − came) ÷ came. The company: the sums of those who gave a word. NULL where nothing came.
CREATE VIEW forecast_record AS
WITH done AS (
    SELECT person, period, grain, word, funnel, model, actual
    FROM forecast_periods
    WHERE over = 1 AND word IS NOT NULL AND model IS NOT NULL
),
scoped AS (
    SELECT 'person' AS scope, person AS of, period, grain, word, funnel, model, actual FROM done
    UNION ALL
    SELECT 'company', 'company', period, grain, sum(word), sum(funnel), sum(model), sum(actual)
    FROM done
    GROUP BY period, grain
),
said AS (
    SELECT scope, of, grain, 'word' AS side, word AS said, actual FROM scoped
    UNION ALL
    SELECT scope, of, grain, 'funnel', funnel, actual FROM scoped WHERE funnel IS NOT NULL
    UNION ALL
    SELECT scope, of, grain, 'model', model, actual FROM scoped
)
SELECT scope, of, grain, side, count(*) AS periods, sum(said > actual) AS too_high,
       sum(said) AS said, sum(actual) AS came,
       max(0, 1 - ratio(sum(abs(said - actual)), sum(actual))) AS accuracy,
       ratio(sum(said) - sum(actual), sum(actual)) AS bias
FROM said
GROUP BY scope, of, grain, side;

-- ---- what the whole reads ----

-- People whose months came lower than their word in three of four, of at least six, and by more
-- than 15 % together.
CREATE VIEW forecast_promisers AS
SELECT r.of AS person, n.name, p.manager, r.periods, r.too_high, r.bias, r.said - r.came AS excess
FROM forecast_record AS r
JOIN people AS p ON p.person = r.of
JOIN people_names AS n ON n.person = r.of
WHERE r.scope = 'person' AND r.side = 'word' AND r.grain = 'month' AND r.periods >= 6
  AND r.too_high * 4 >= r.periods * 3 AND r.bias > 0.15 AND (p.left IS NULL OR p.left > as_of());

-- The day on which the last whole month closed: from then on its forecast stands, and what people said
-- for it is kept or not.
CREATE VIEW forecast_closed AS
SELECT c.closes FROM forecast_span AS s JOIN calendar AS c ON c.month = s.last;

-- Products that run out before the next month is over (the ten with most sales at stake, the others
-- together), stocks of more than six months together, and people who promise too much.
CREATE VIEW forecast_exceptions AS
WITH short AS (
    SELECT product, stock, mean, shortage, shortage_value,
           row_number() OVER (ORDER BY shortage_value DESC, product) AS nth
    FROM forecast_supply
    WHERE shortage > 0
)
SELECT concat('forecast:out:', s.product) AS id, CASE WHEN s.stock * 2 <= s.mean THEN 1 ELSE 2 END AS severity,
       s.shortage_value AS cost, o.owner,
       t(CASE WHEN s.stock <= 0 THEN '{1}: nothing in stock, {3} expected to be sold in {4}'
              ELSE '{1} runs out: {2} in stock, {3} expected to be sold in {4}' END,
         coalesce(p.name, s.product), number(s.stock), number(s.mean), month_text(f.month)) AS text,
       CASE WHEN g.product IS NULL THEN 'forecast' ELSE 'product' END AS page, g.product AS key,
       k.closes AS since
FROM short AS s
JOIN forecast_closed AS k
JOIN forecast_units AS f ON f.scope = 'product' AND f.of = s.product
LEFT JOIN products AS p ON p.product = s.product
LEFT JOIN product_pages AS g ON g.product = s.product
LEFT JOIN company_owner AS o
WHERE s.nth <= 10
UNION ALL
SELECT 'forecast:out:others', 2, sum(s.shortage_value), o.owner,
       t(CASE count(*) WHEN 1 THEN '1 more product runs out within the next month'
                       ELSE '{1} more products run out within the next month' END, count(*)),
       'forecast', NULL, max(k.closes)
FROM short AS s
JOIN forecast_closed AS k
LEFT JOIN company_owner AS o
WHERE s.nth > 10
GROUP BY o.owner
UNION ALL
SELECT 'forecast:much', 3, NULL, o.owner,
       t(CASE count(*) WHEN 1 THEN '1 product has stock for more than six months'
                       ELSE '{1} products have stock for more than six months' END, count(*)),
       'forecast', NULL, max(k.closes)
FROM forecast_supply AS s
JOIN forecast_closed AS k
LEFT JOIN company_owner AS o
WHERE s.stock > s.half_mean
GROUP BY o.owner
UNION ALL
SELECT concat('forecast:word:', person), 3, excess, coalesce(manager, person),
       t('{1} promised too much in {2} of {3} {3:month|months}, {4} of what came', coalesce(name, person), too_high,
         periods, format(bias, '+percent')),
       'person', person, k.closes
FROM forecast_promisers
JOIN forecast_closed AS k;

-- Accuracy of a person's commit for a month that is over: 1 − |commit − revenue| ÷ revenue, not
-- below 0; NULL without revenue.
CREATE VIEW forecast_measures AS
SELECT person, first_month AS month, 'word_accuracy' AS measure,
       max(0, 1 - ratio(abs(word - actual), actual)) AS value
FROM forecast_periods
WHERE grain = 'month' AND over = 1 AND word IS NOT NULL AND actual > 0;

-- The forecast of the next month for the company and each region. Money.
CREATE VIEW forecast_scope_figures AS
SELECT u.scope, u.of, 16 AS rank, 'expected_next' AS name, u.mean AS value, NULL AS target,
       (SELECT c.value FROM forecast_cells AS c
        WHERE c.scope = u.scope AND c.of = u.of AND c.month = add_months(u.month, -12)) AS before,
       (SELECT series(c.month, c.value) FROM forecast_cells AS c
        WHERE c.scope = u.scope AND c.of = u.of AND c.month > add_months(u.month, -13)) AS series
FROM forecast_units AS u
WHERE u.scope IN ('company', 'region');

CREATE VIEW forecast_figures AS
SELECT rank, name, value, target, before, series, 'forecast' AS page, NULL AS key
FROM forecast_scope_figures
WHERE scope = 'company'
UNION ALL
SELECT 17, 'runs_out', sum(shortage > 0), NULL, NULL, NULL, 'forecast', NULL
FROM forecast_supply
HAVING count(*) > 0;

-- In sentences: 61 what comes, 62 which method won, 63 what runs out, 64 whose word was too high, 65 whose
-- stock is not that of the last month that is over, 66 what the brands make together, beside the company.
CREATE VIEW forecast_findings AS
SELECT scope, of, 61 AS rank,
       concat(
           CASE WHEN l80 IS NULL THEN t('{1} should bring {2}', month_text(month), short_money(mean))
                ELSE t('{1} should bring {2}, in four of five cases between {3} and {4}', month_text(month),
                       short_money(mean), short_money(l80), short_money(h80)) END,
           CASE WHEN change IS NULL THEN t('; the six months to {1} {2}.', month_text(last_month), short_money(half))
                ELSE t(CASE WHEN change < 0 THEN '; the six months to {1} {2}, {3} less than a year before.'
                            ELSE '; the six months to {1} {2}, {3} more than a year before.' END,
                       month_text(last_month), short_money(half), format(abs(change), 'percent1')) END) AS text
FROM forecast_units
WHERE scope IN ('company', 'region')
UNION ALL
SELECT scope, of, 62,
       CASE WHEN origins = 0
            THEN t('There are fewer than nine months: the forecast is the mean of the last three, and its error is not known.')
            WHEN method = 'seasonal_naive'
            THEN t('No method did better on the last {1} {1:month|months} than the same month of the year before.', origins)
            WHEN gain IS NULL THEN t('{1} did best on the last {2} {2:month|months}.', method_name, origins)
            WHEN gain < 0.005
            THEN t('{1} did best on the last {2} {2:month|months}, about as well as seasonal naive.', method_name, origins)
            ELSE t('{1} did best on the last {2} {2:month|months}: it erred {3} less than seasonal naive.', method_name,
                   origins, percent(gain)) END
FROM forecast_units
WHERE scope IN ('company', 'region')
UNION ALL
SELECT 'company', 'company', 62, t('There are fewer than two months that are over: nothing is forecast yet.')
FROM forecast_span
WHERE first >= last
UNION ALL
SELECT 'company', 'company', 63,
       CASE WHEN sum(shortage > 0) = 0 THEN t('The stock of every product lasts beyond the next month.')
            ELSE t(CASE sum(shortage > 0) WHEN 1 THEN '1 product of {2} runs out within the next month: {3} at stake.'
                        ELSE '{1} products of {2} run out within the next month: {3} at stake.' END,
                   sum(shortage > 0), count(*), short_money(sum(shortage_value))) END
FROM forecast_supply
HAVING count(*) > 0
UNION ALL
SELECT 'company', 'company', 65,
       t(CASE count(*) WHEN 1 THEN 'The stock of 1 product is that of {2}: what came and went since is not in it.'
                       ELSE 'The stock of {1} products is older than {3}, the oldest of {2}: what came and went since is not in it.' END,
         count(*), month_text(min(k.month)), month_text(s.last))
FROM forecast_supply AS p
JOIN forecast_stock AS k ON k.product = p.product
JOIN forecast_span AS s ON k.month < s.last
GROUP BY s.last
UNION ALL
SELECT 'company', 'company', 66,
       t('For {1} the {2} brands come to {3} together, the company itself to {4}.', month_text(c.month), count(*),
         short_money(sum(b.mean)), short_money(c.mean))
FROM forecast_units AS c
JOIN forecast_units AS b ON b.scope = 'brand'
WHERE c.scope = 'company' AND c.mean IS NOT NULL
GROUP BY c.month, c.mean
HAVING count(*) > 1
UNION ALL
SELECT 'person', r.of, 64,
       t(CASE WHEN abs(r.bias) < 0.005
              THEN 'Of {1} {1:month|months} committed, {2} came lower than the word; together they meet. The word was {4} accurate, the model {5}.'
              WHEN r.bias > 0
              THEN 'Of {1} {1:month|months} committed, {2} came lower than the word; together {3} too much. The word was {4} accurate, the model {5}.'
              ELSE 'Of {1} {1:month|months} committed, {2} came lower than the word; together {3} too little. The word was {4} accurate, the model {5}.' END,
         r.periods, r.too_high, percent(abs(r.bias)), percent(r.accuracy), percent(m.accuracy))
FROM forecast_record AS r
JOIN forecast_record AS m ON m.scope = r.scope AND m.of = r.of AND m.grain = r.grain AND m.side = 'model'
WHERE r.side = 'word' AND r.grain = 'month' AND r.scope = 'person' AND r.bias IS NOT NULL
UNION ALL
SELECT 'company', 'company', 64,
       t('Over {1} {1:month|months} the people''s words together were {2} accurate, the model {3}; the largest promise is {4}''s, {5} of what came.',
         r.periods, percent(r.accuracy), percent(m.accuracy), coalesce(p.name, w.of), format(w.bias, '+percent'))
FROM forecast_record AS r
JOIN forecast_record AS m ON m.scope = 'company' AND m.grain = 'month' AND m.side = 'model'
JOIN (SELECT of, bias FROM forecast_record
      WHERE scope = 'person' AND side = 'word' AND grain = 'month' AND bias IS NOT NULL
      ORDER BY bias DESC, of LIMIT 1) AS w
LEFT JOIN people_names AS p ON p.person = w.of
WHERE r.scope = 'company' AND r.side = 'word' AND r.grain = 'month';

-- A month's opening that is not what the month before left, stock below zero, commits to a week or to a
-- period that is over.
CREATE VIEW forecast_checks AS
SELECT 'warning' AS severity, 'stock' AS tbl, k._row AS row,
       t('{1} opens {2} with {3}, but {4} closed with {5}', k.product, month_text(k.month), number(k.opening),
         month_text(b.month), number(b.opening + b.produced - b.shipped)) AS text,
       t('correct opening, or produced and shipped of the month before') AS remedy
FROM stock AS k
JOIN stock AS b ON b.product = k.product AND b.month = add_months(k.month, -1)
WHERE k.opening <> b.opening + b.produced - b.shipped
UNION ALL
SELECT 'warning', 'stock', _row,
       t('{1} shipped {2} in {3}, more than there was', product, number(shipped), month_text(month)),
       t('correct opening, produced or shipped')
FROM stock
WHERE opening + produced < shipped
UNION ALL
SELECT 'warning', 'commits', _row, t('{1} commits to the week {2}, which is not scored', person, period),
       t('commit to a month, a quarter or a year')
FROM commits
WHERE period_kind(period) = 'week'
UNION ALL
SELECT 'warning', 'commits', _row, t('{1} commits to {2} on {3}, when it was over: not scored', person, period, date_text(date)),
       t('correct the date or the period')
FROM commits
WHERE period_kind(period) <> 'week' AND date > period_last(period);
