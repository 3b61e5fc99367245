-- Regions: how large each market is, what is sold in it, and what would be usual for its size.

-- Each region with its size and its sales of the last 12 months (this month so far and the 11
-- before), those of the regions in it among them. dealers: NULL in a book without dealers.
-- sales_per_1000 = revenue_12 × 1,000 ÷ inhabitants; NULL where they are not known. whole: 1 where
-- others of its level lie in it, as towns in their county: it is not one of them. Money.
CREATE VIEW regions_sizes AS
WITH wholes AS (
    SELECT DISTINCT w.within AS region
    FROM regions_within AS w
    JOIN regions AS i ON i.region = w.region
    JOIN regions AS o ON o.region = w.within AND o.level = i.level
    WHERE w.region <> w.within
),
sold AS (
    SELECT w.within AS region, sum(s.amount) AS revenue_12
    FROM sales_by_region_month AS s
    JOIN regions_within AS w ON w.region = s.region
    WHERE s.month > add_months(as_of_month(), -12) AND s.month <= as_of_month()
    GROUP BY w.within
)
SELECT r.region, coalesce(r.name, r.region) AS name, r.level, r.population, r.gdp, r.gdp_rank,
       coalesce(s.revenue_12, 0) AS revenue_12,
       CAST(round(ratio(1000.0 * coalesce(s.revenue_12, 0), r.population)) AS INTEGER) AS sales_per_1000,
       d.dealers, CASE WHEN o.region IS NULL THEN 0 ELSE 1 END AS whole
FROM regions AS r
LEFT JOIN sold AS s ON s.region = r.region
LEFT JOIN wholes AS o ON o.region = r.region
LEFT JOIN channel_regions AS d ON d.region = r.region;

-- Score within the level, 0 to 100: the mean of what is known of three: inhabitants ÷ the most of
-- the level, gross product ÷ the most, (R − rank + 1) ÷ R with R the last rank of the level. NULL
-- where none is known.
CREATE VIEW regions_scores AS
WITH parts AS (
    SELECT region, level,
           100 * ratio(population, max(population) OVER (PARTITION BY level, whole)) AS by_population,
           100 * ratio(gdp, max(gdp) OVER (PARTITION BY level, whole)) AS by_gdp,
           100 * ratio(max(gdp_rank) OVER (PARTITION BY level, whole) - gdp_rank + 1,
                       max(gdp_rank) OVER (PARTITION BY level, whole)) AS by_rank
    FROM regions_sizes
)
SELECT region, level,
       ratio(coalesce(by_population, 0) + coalesce(by_gdp, 0) + coalesce(by_rank, 0),
             (by_population IS NOT NULL) + (by_gdp IS NOT NULL) + (by_rank IS NOT NULL)) AS market_score
FROM parts;

-- What is usual, by level: sales = b0 + b1 × gross product + b2 × inhabitants, by least squares over
-- the regions of the level with sales, from six on. The normal equations for two variables in
-- deviations from the means (Draper & Smith, Applied Regression Analysis, 3rd ed. 1998, chapter 5):
-- b1 = (Spp Sgy − Sgp Spy) ÷ D, b2 = (Sgg Spy − Sgp Sgy) ÷ D, D = Sgg Spp − Sgp². R² = (b1 Sgy + b2 Spy)
-- ÷ Syy. No row where both variables say the same (D is nothing beside Sgg Spp).
CREATE VIEW regions_fits AS
WITH used AS (
    SELECT level, 1.0 * gdp AS g, 1.0 * population AS p, 1.0 * revenue_12 AS y
    FROM regions_sizes
    WHERE level IS NOT NULL AND gdp IS NOT NULL AND population IS NOT NULL AND revenue_12 > 0 AND whole = 0
),
means AS (
    SELECT level, count(*) AS n, avg(g) AS g, avg(p) AS p, avg(y) AS y
    FROM used
    GROUP BY level
    HAVING count(*) >= 6
),
sums AS (
    SELECT m.level, m.n, m.g, m.p, m.y, sum((u.g - m.g) * (u.g - m.g)) AS gg,
           sum((u.p - m.p) * (u.p - m.p)) AS pp, sum((u.g - m.g) * (u.p - m.p)) AS gp,
           sum((u.g - m.g) * (u.y - m.y)) AS gy, sum((u.p - m.p) * (u.y - m.y)) AS py,
           sum((u.y - m.y) * (u.y - m.y)) AS yy
    FROM means AS m
    JOIN used AS u ON u.level = m.level
    GROUP BY m.level, m.n, m.g, m.p, m.y
),
slopes AS (
    SELECT level, n, g, p, y, gy, py, yy, ratio(pp * gy - gp * py, gg * pp - gp * gp) AS b1,
           ratio(gg * py - gp * gy, gg * pp - gp * gp) AS b2
    FROM sums
    WHERE gg * pp - gp * gp > 1e-9 * gg * pp
)
SELECT level, n AS fitted_regions, y - b1 * g - b2 * p AS b0, b1, b2, ratio(b1 * gy + b2 * py, yy) AS fit_explains,
       row_number() OVER (ORDER BY n DESC, level) AS nth
FROM slopes;

-- White space = usual for its size − revenue of the last 12 months. fitted: the plane of the level
-- at its gross product and inhabitants; usual_sales: that, but not below 0. Regions without sales take
-- the plane of those with. Money.
CREATE VIEW regions_white AS
SELECT s.region, s.name, s.level, s.population, s.gdp, s.gdp_rank, s.revenue_12, s.sales_per_1000, s.dealers,
       f.b0 + f.b1 * s.gdp + f.b2 * s.population AS fitted, f.nth AS fit,
       CAST(round(max(f.b0 + f.b1 * s.gdp + f.b2 * s.population, 0)) AS INTEGER) AS usual_sales,
       CAST(round(max(f.b0 + f.b1 * s.gdp + f.b2 * s.population, 0)) AS INTEGER) - s.revenue_12 AS white_space
FROM regions_sizes AS s
JOIN regions_fits AS f ON f.level = s.level
WHERE s.gdp IS NOT NULL AND s.population IS NOT NULL AND s.whole = 0;

-- The 100 counties with the largest gross product, those that share the last place among them, with
-- dealers, what these bought, and contacts. Money.
CREATE VIEW regions_counties AS
WITH placed AS (
    SELECT region, name, population, gdp, dealers, rank() OVER (ORDER BY gdp DESC) AS county_rank
    FROM regions_sizes
    WHERE level = 'county' AND gdp IS NOT NULL AND whole = 0
),
sold AS (
    SELECT w.within AS region, sum(d.revenue_12) AS amount
    FROM channel_dealers AS d
    JOIN regions_within AS w ON w.region = d.region
    WHERE d.active = 1
    GROUP BY w.within
),
listed AS (
    SELECT region, count(*) AS contacts FROM contacts_files WHERE region IS NOT NULL GROUP BY region
)
SELECT p.region, p.name, r.parent, p.county_rank, p.population, p.gdp, p.dealers, s.amount AS dealer_sales,
       l.contacts AS contacts_there, c.market_score
FROM placed AS p
JOIN regions AS r ON r.region = p.region
JOIN regions_scores AS c ON c.region = p.region
LEFT JOIN sold AS s ON s.region = p.region
LEFT JOIN listed AS l ON l.region = p.region
WHERE p.county_rank <= 100;

-- How many of them have a dealer; no row in a book without dealers or counties.
CREATE VIEW regions_covered AS
SELECT count(*) AS counties, sum(dealers > 0) AS covered, sum(dealers = 0) AS open
FROM regions_counties
WHERE dealers IS NOT NULL
HAVING count(*) > 0;

-- ---- what the whole reads ----

-- Key figures: of the company the top counties with a dealer, of a region its sales per head.
CREATE VIEW regions_scope_figures AS
SELECT 'company' AS scope, 'company' AS of, 39 AS rank, 'counties_covered' AS name, covered AS value, NULL AS target,
       NULL AS before, NULL AS series
FROM regions_covered
UNION ALL
SELECT 'region', region, 39, 'sales_per_1000', sales_per_1000, NULL, NULL, NULL
FROM regions_sizes
WHERE revenue_12 > 0 AND sales_per_1000 IS NOT NULL;

-- The start page's figures: those of the company.
CREATE VIEW regions_figures AS
SELECT rank, name, value, target, before, series, 'regions' AS page, NULL AS key
FROM regions_scope_figures
WHERE scope = 'company';

-- What follows from the figures, in sentences: where most is to be won, the counties, and for a
-- region what would be usual for its size.
CREATE VIEW regions_findings AS
WITH most AS (
    SELECT level, group_concat(concat(name, ' (', short_money(white_space), ')'), ', ') AS names, count(*) AS n
    FROM (SELECT level, name, white_space,
                 row_number() OVER (PARTITION BY level ORDER BY white_space DESC, region) AS nth
          FROM regions_white
          WHERE white_space > 0)
    WHERE nth <= 3
    GROUP BY level
)
SELECT 'company' AS scope, 'company' AS of,
       CASE m.level WHEN 'province' THEN 190 WHEN 'city' THEN 191 ELSE 192 END AS rank,
       t(CASE m.level WHEN 'province' THEN 'Most white space among the provinces, for their size: {1} a year.'
                      WHEN 'city' THEN 'Most white space among the cities, for their size: {1} a year.'
                      ELSE 'Most white space among the counties, for their size: {1} a year.' END, m.names) AS text
FROM most AS m
WHERE m.level IN ('province', 'city', 'county')
UNION ALL
SELECT 'company', 'company', 193,
       t(CASE open WHEN 0 THEN 'All {2} counties with the largest gross product have a dealer.'
                   WHEN 1 THEN '1 of the {2} counties with the largest gross product has no dealer.'
                   ELSE '{1} of the {2} counties with the largest gross product have no dealer.' END, open, counties)
FROM regions_covered
WHERE counties > 1
UNION ALL
SELECT 'region', region, 190,
       CASE WHEN revenue_12 = 0 THEN t('Nothing was sold here in 12 months; {1} would be usual for its size.', short_money(usual_sales))
            WHEN white_space > 0 THEN t('For its size {1} a year would be usual, {2} more than the {3} of the last 12 months.',
                                        short_money(usual_sales), short_money(white_space), short_money(revenue_12))
            ELSE t('For its size {1} a year would be usual; the last 12 months brought {2} more, {3}.',
                   short_money(usual_sales), short_money(-white_space), short_money(revenue_12)) END
FROM regions_white;

-- The three regions without sales where most would be usual, the others of their kind in one line.
-- cost: what would be usual in a year.
CREATE VIEW regions_exceptions AS
WITH last_sales AS (
    SELECT w.within AS region, max(s.month) AS month
    FROM sales_by_region_month AS s
    JOIN regions_within AS w ON w.region = s.region
    WHERE s.month <= as_of_month()
    GROUP BY w.within
),
-- since: the month in which the twelve were full; NULL where nothing was ever sold, or as much came back.
unsold AS (
    SELECT w.region, w.name, w.usual_sales, coalesce(o.owner, c.owner) AS owner, c.owner AS head,
           row_number() OVER (ORDER BY w.usual_sales DESC, w.region) AS nth,
           CASE WHEN l.month <= add_months(as_of_month(), -12) THEN month_first(add_months(l.month, 12)) END AS since
    FROM regions_white AS w
    LEFT JOIN last_sales AS l ON l.region = w.region
    LEFT JOIN region_owners AS o ON o.region = w.region
    LEFT JOIN company_owner AS c
    WHERE w.revenue_12 = 0 AND w.usual_sales > 0
)
SELECT concat('regions:unsold:', region) AS id, 3 AS severity, usual_sales AS cost, owner,
       t('{1}: nothing sold in 12 months, {2} would be usual for its size', name, short_money(usual_sales)) AS text,
       'region' AS page, region AS key, since
FROM unsold
WHERE nth <= 3
UNION ALL
SELECT 'regions:unsold', 3, NULL, head,
       t(CASE count(*) WHEN 1 THEN '1 more region without any sale in 12 months'
              ELSE '{1} more regions without any sale in 12 months' END, count(*)),
       'regions', NULL, max(since)
FROM unsold
WHERE nth > 3
GROUP BY head;

-- A region with more inhabitants than the one it lies in.
CREATE VIEW regions_checks AS
SELECT 'warning' AS severity, 'regions' AS tbl, r._row AS row,
       t('{1} has {2} inhabitants, more than {3} in which it lies', coalesce(r.name, r.region), r.population,
         coalesce(p.name, p.region)) AS text,
       t('correct the inhabitants, or column parent') AS remedy
FROM regions AS r
JOIN regions AS p ON p.region = r.parent
WHERE r.population > p.population;
