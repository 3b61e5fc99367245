-- A book's CSV files, imported as text by the sqlite3 shell, made ready for the formulas of figures.sh.
-- Amounts are whole fen; an empty cell is ''.
CREATE TABLE asof AS SELECT max(date) AS day, substr(max(date), 1, 7) AS month FROM sales;

-- A region and every region it lies in.
CREATE TABLE inside AS
WITH RECURSIVE up(region, outer) AS (
    SELECT region, region FROM regions
    UNION
    SELECT up.region, regions.parent FROM up JOIN regions ON regions.region = up.outer WHERE regions.parent <> ''
)
SELECT region, outer FROM up;

-- Order lines; the region is the customer's, without one the person's.
CREATE TABLE lines AS
SELECT s.date, substr(s.date, 1, 7) AS month, s.order_id, s.person, s.customer, s.product, s.channel,
       CAST(round(s.amount * 100) AS INTEGER) AS fen,
       CASE WHEN coalesce(c.region, '') <> '' THEN c.region ELSE p.region END AS region
FROM sales AS s
LEFT JOIN customers AS c ON c.customer = s.customer
LEFT JOIN people AS p ON p.person = s.person;

-- Each person's part of the lines: the whole, or the share that credits.csv gives.
CREATE TABLE parts AS
SELECT l.date, l.month, l.person, l.fen
FROM lines AS l
WHERE l.order_id NOT IN (SELECT order_id FROM credits)
UNION ALL
SELECT l.date, l.month, c.person, CAST(round(l.fen * c.share) AS INTEGER)
FROM lines AS l
JOIN credits AS c ON c.order_id = l.order_id;

-- Monday to Friday and make-up days, without holidays.
CREATE TABLE workdays AS
WITH RECURSIVE d(day) AS (
    SELECT '2025-01-01' UNION ALL SELECT date(day, '+1 day') FROM d WHERE day < '2026-12-31'
)
SELECT d.day
FROM d
LEFT JOIN holidays AS h ON h.date = d.day
WHERE CASE WHEN h.date IS NULL THEN strftime('%w', d.day) NOT IN ('0', '6') ELSE h.working = 'yes' END;

-- The day on which a customer became one: the day noted, else the first order (of which the first month
-- of all proves nothing).
CREATE TABLE newcomers AS
SELECT c.customer, c.region, CASE WHEN c.since <> '' THEN c.since ELSE f.first END AS day
FROM customers AS c
LEFT JOIN (SELECT customer, min(date) AS first FROM sales GROUP BY customer) AS f ON f.customer = c.customer
WHERE c.since <> '' OR substr(f.first, 1, 7) > (SELECT min(month) FROM lines);

-- The way of each deal: from one entry up to the next, or to the decision.
CREATE TABLE ways AS
SELECT h.deal, h.stage, h.entered,
       coalesce(lead(h.entered) OVER (PARTITION BY h.deal ORDER BY h.entered, s.seq), nullif(d.closed, ''), '9999') AS ended,
       row_number() OVER (PARTITION BY h.deal ORDER BY h.entered DESC, s.seq DESC) AS from_last
FROM deal_stages AS h
JOIN stages AS s ON s.stage = h.stage
JOIN deals AS d ON d.deal = h.deal;
