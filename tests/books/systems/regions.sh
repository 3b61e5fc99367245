# Target markets in the example books: figures worked out again from the CSV, what must add up, what is
# planted. Sourced by tests/books/run.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

sizes="(SELECT r.region, r.level, r.gdp / 1e9 AS g, r.population / 1e6 AS p, r.population,
               coalesce((SELECT sum(l.fen) FROM lines AS l JOIN inside AS i ON i.region = l.region
                         WHERE i.outer = r.region AND l.month >= '2025-11'), 0) / 100.0 AS y
        FROM regions AS r WHERE r.gdp <> '' AND r.population <> '')"
for book in security furniture; do
    figure 'sales per 1,000 heads' "$book" \
        "SELECT region, CAST(round(sales_per_1000 / 100.0) AS INTEGER) AS n FROM regions_sizes
         WHERE level = 'province' AND gdp IS NOT NULL ORDER BY region" \
        "SELECT region, CAST(round(1000 * y / population) AS INTEGER) FROM $sizes WHERE level = 'province' ORDER BY region"
    # The plane once more, by Cramer's rule from sums of squares and products about nothing: in whole yuan.
    figure 'usual for the size of a city' "$book" \
        "SELECT region, CAST(round(fitted / 100.0) AS INTEGER) AS n FROM regions_white WHERE level = 'city' ORDER BY region" \
        "WITH s AS (SELECT count(*) AS n, sum(g) AS g, sum(p) AS p, sum(y) AS y, sum(g * g) AS gg, sum(p * p) AS pp,
                           sum(g * p) AS gp, sum(g * y) AS gy, sum(p * y) AS py FROM $sizes WHERE level = 'city' AND y > 0),
              d AS (SELECT n * (gg * pp - gp * gp) - g * (g * pp - gp * p) + p * (g * gp - gg * p) AS d,
                           y * (gg * pp - gp * gp) - g * (gy * pp - gp * py) + p * (gy * gp - gg * py) AS d0,
                           n * (gy * pp - gp * py) - y * (g * pp - gp * p) + p * (g * py - gy * p) AS d1,
                           n * (gg * py - gy * gp) - g * (g * py - gy * p) + y * (g * gp - gg * p) AS d2 FROM s)
         SELECT c.region, CAST(round(d0 / d + d1 / d * c.g + d2 / d * c.p) AS INTEGER) FROM $sizes AS c, d
         WHERE c.level = 'city' ORDER BY c.region"
    nothing 'what is above the plane and below it is the same' "$book" \
        "SELECT level FROM regions_white WHERE revenue_12 > 0 GROUP BY level HAVING abs(sum(fitted - revenue_12)) > 100"
    nothing 'no more than ten points' "$book" "SELECT count(*) AS n FROM regions_exceptions HAVING count(*) > 10"
done
figure 'counties with and without a dealer' furniture \
    "SELECT covered AS n, open AS m FROM regions_covered" \
    "WITH top AS (SELECT region FROM (SELECT region, rank() OVER (ORDER BY CAST(gdp AS REAL) DESC) AS nth FROM regions WHERE level = 'county')
                  WHERE nth <= 100),
          held AS (SELECT DISTINCT d.region FROM dealers AS d, asof
                   WHERE d.since = (SELECT max(o.since) FROM dealers AS o WHERE o.dealer = d.dealer AND o.since <= asof.day)
                     AND (d.until = '' OR d.until >= asof.day))
     SELECT sum(region IN (SELECT region FROM held)), sum(region NOT IN (SELECT region FROM held)) FROM top"

# ---- planted ----
tells 'a rich province without a sale' furniture attention 'Shandong: nothing sold in 12 months, 12.0 m would be usual for its size' '11,981,935'
tells 'a rich province without a sale' furniture regions 'Most white space among the provinces, for their size: Shandong (12.0 m), Hebei (8.88 m)'
tells 'a rich province without a sale' furniture region/shandong 'Nothing was sold here in 12 months; 12.0 m would be usual for its size.'
says 'a rich province without a sale' furniture monthly-company 'Shandong (12.0 m), Hebei (8.88 m)'
tells 'counties' furniture regions '81 of the 102 counties with the largest gross product have no dealer.'
tells 'towns by score, in a book without dealers' tobacco regions 'Chengguan Town 100 214,000' '90,947'
