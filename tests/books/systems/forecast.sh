# System forecast in the example books: series worked out again from the CSV, what forecast.c plants, what must
# add up, and the production proposal put into the book. Sourced by run.
# shellcheck disable=SC2154

# ---- the series: whole months only ----
# The 30th of October 2026 is security's last day of sales and its month's last working day.
figure 'months of a series' security \
    "SELECT month, value AS revenue FROM forecast_cells WHERE scope = 'company' ORDER BY month" \
    "SELECT month, $yuan FROM lines GROUP BY month ORDER BY month"
figure 'months of a product' furniture \
    "SELECT month, value AS quantity FROM forecast_cells WHERE of = 'OU-06' ORDER BY month" \
    "SELECT substr(date, 1, 7), sum(quantity) FROM sales WHERE product = 'OU-06' GROUP BY 1 ORDER BY 1"
# On the 29th a working day is left: October is not over.
finds 'the running month is no whole one' security "SELECT last FROM forecast_span" 2026-09 2026-10-29
figure 'months before an earlier day' security \
    "SELECT count(*) AS n, sum(value) AS revenue FROM forecast_cells WHERE scope = 'company'" \
    "SELECT count(DISTINCT month), $yuan FROM lines WHERE month < '2026-10'" 2026-10-29

# ---- what must add up ----
for book in security furniture tobacco; do
    finds 'a forecast of each series that sold in 12 months' "$book" \
        "SELECT (SELECT count(*) FROM forecast_units) = (SELECT count(*) FROM forecast_series) AS same" 1
    nothing 'an interval that does not hold its forecast' "$book" \
        "SELECT of FROM forecast_steps WHERE NOT (l95 <= l80 AND l80 <= mean AND mean <= h80 AND h80 <= h95)"
    nothing 'a winner that errs more than another' "$book" \
        "SELECT u.of FROM forecast_units AS u JOIN json_each(u.scores) AS j
         WHERE j.value < u.mase - 0.00001"
    # The same months a year before: November 2025 to April 2026.
    figure 'the six months a year before' "$book" \
        "SELECT before AS half_before FROM forecast_units WHERE scope = 'company'" \
        "SELECT $yuan FROM lines WHERE month BETWEEN '2025-11' AND '2026-04'"
done

# ---- production: forecast + safety stock − stock ----
# Stock: opening + produced − shipped of October; shipped is what was sold.
figure 'stock at the end of October' furniture \
    "SELECT product, stock FROM forecast_stock ORDER BY product" \
    "SELECT product, opening + produced - shipped FROM stock WHERE month = '2026-10' ORDER BY product"
figure 'shipped is sold' furniture \
    "SELECT month, sum(shipped) AS n FROM stock GROUP BY month ORDER BY month" \
    "SELECT substr(date, 1, 7), sum(quantity) FROM sales WHERE date >= '2025-11-01' GROUP BY 1 ORDER BY 1"
nothing 'stock and what is made that do not make forecast and safety stock' furniture \
    "SELECT p.product FROM forecast_production AS p
     GROUP BY p.product
     HAVING max(p.stock) + sum(p.quantity) < sum(p.mean) OR min(p.quantity) < 0"
nothing 'contradictions of the stock' furniture "SELECT text FROM checks WHERE tbl = 'stock'"
rm -rf "$work/production"
cp -r input/furniture "$work/production"
"$SALESBOOK" sql input/furniture --format=csv -- \
    "SELECT month, product, quantity FROM forecast_production WHERE quantity > 0 ORDER BY month, product" \
    >"$work/production/production.csv" 2>"$work/err"
got=$("$SALESBOOK" sql "$work/production" --format=csv -- \
    "SELECT count(*) > 100 AS many, sum(quantity <> coalesce(planned, 0)) AS others FROM forecast_production" 2>&1 | tail -n 1)
if [ "$got" = 1,0 ] && build "$work/production" "$work/production/built" 1; then
    pass
else
    fail 'books/furniture: the production proposal is the plan once it is in the book' "got $got, $(cat "$work/err" "$work/log")"
fi

# ---- planted ----
tells 'the sofa that is no longer made' furniture forecast 'Fjell two-seat sofa 41 122'
# The rows of the brands: 3,462,350 + 3,370,779 + 2,222,270 = 9,055,400; each series has the method that did best on it.
tells 'parts that do not make the whole' furniture forecast 'For Nov 2026 the 3 brands come to 9.06 m together, the company itself to 8.24 m.'
for brand in 'Nordhus 3,462,350' 'Qingsong 3,370,779' 'Mulan Home 2,222,270'; do
    tells 'a part of it' furniture forecast "$brand"
done
tells 'the sofa that is no longer made' furniture attention 'Fjell two-seat sofa runs out: 41 in stock, 122 expected'
tells 'the sofa that is no longer made' furniture product/so-06 '41 are in stock; with 59 of safety stock 140 should be made'
tells 'too much in stock' furniture attention 'stock for more than six months'
finds 'too much in stock' furniture "SELECT stock > half_mean AS much FROM forecast_supply WHERE product = 'OF-06'" 1
# Garden products: 82 in May, 0 to 3 in winter; the method knows the season.
finds 'a strong season' furniture \
    "SELECT method, sum(mean > 70) AS high, sum(mean < 10) AS low FROM forecast_steps WHERE of = 'OU-06' GROUP BY method" \
    seasonal_naive,1,3
finds 'sold now and then' security "SELECT method FROM forecast_units WHERE of = 'ENC-M'" croston
tells 'always too much' security forecast 'José Núñez 12 12'
tells 'always too much' security attention 'José Núñez promised too much in 12 of 12 months, +27 %'
tells 'always too much' security person/jose-nunez 'Of 12 months committed, 12 came lower than the word; together 27 % too much'
finds 'nobody else promises too much' security "SELECT person FROM forecast_promisers" jose.nunez
# The word of a month is the commit noted before it. In 2026 José shares no order.
figure 'the words of a person' security \
    "SELECT period, word, actual AS came FROM forecast_periods WHERE person = 'jose.nunez' AND over = 1 AND period >= '2026' ORDER BY period" \
    "SELECT c.period, c.amount, (SELECT sum(s.amount) FROM sales AS s WHERE s.person = c.person
                                                                      AND s.date LIKE c.period || '-%')
     FROM commits AS c WHERE c.person = 'jose.nunez' AND c.category = 'commit' AND c.period BETWEEN '2026' AND '2026-10' ORDER BY c.period"
says 'the next month in the report' security monthly-company 'Nov 2026 should bring 5.96 m'
says 'the method in the report' security monthly-company 'less than seasonal naive'

# ---- two are called Li Wei ----
tells 'which of the two' security forecast 'Li Wei (East) 12 6'
