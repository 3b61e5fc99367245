# Customers in the example books: figures worked out again from the CSV, sums that must agree, and what is
# planted. Sourced by run, after figures.sh and planted.sh.
# The last 12 months are 2025-11-01 to the as-of date, the same period of last year 2024-11-01 to that day
# of 2025, the last 24 months 2024-11-01 to the as-of date.
now="date >= '2025-11-01'"
then="date >= '2024-11-01' AND date <= '2025' || substr((SELECT day FROM asof), 5)"
for book in security furniture tobacco; do
    figure 'revenue and orders by customer' "$book" \
        "SELECT customer, revenue_12, revenue_before, orders_24, orders_12 AS orders FROM customers_files
         WHERE orders_24 > 0 ORDER BY customer" \
        "SELECT customer, sum(($now) * fen) / 100.0, sum(($then) * fen) / 100.0, count(DISTINCT order_id),
                count(DISTINCT CASE WHEN $now THEN order_id END)
         FROM lines WHERE date >= '2024-11-01' GROUP BY customer ORDER BY customer"
    # Class A: larger ones make up less than 80 %; B: less than 95 %.
    figure 'classes' "$book" \
        "SELECT abc, buyers AS n, revenue_12 FROM customers_classes WHERE scope = 'company' ORDER BY abc" \
        "WITH s AS (SELECT customer, sum(fen) AS fen FROM lines WHERE $now GROUP BY customer HAVING sum(fen) > 0),
              c AS (SELECT s.fen, 1.0 * coalesce((SELECT sum(o.fen) FROM s AS o WHERE o.fen > s.fen), 0)
                           / (SELECT sum(fen) FROM s) AS larger FROM s)
         SELECT CASE WHEN larger < 0.8 THEN 'A' WHEN larger < 0.95 THEN 'B' ELSE 'C' END AS abc, count(*), sum(fen) / 100.0
         FROM c GROUP BY abc ORDER BY abc"
    figure 'dormant for more than 90 days' "$book" \
        "SELECT customer, last_order, quiet_days AS n FROM customers_dormant ORDER BY customer" \
        "SELECT customer, max(date), julianday(asof.day) - julianday(max(date)) AS n FROM lines, asof
         WHERE date >= '2024-11-01' GROUP BY customer HAVING n > 90 ORDER BY customer"
    # Tier A, not known to be lost, less than half of the same period of last year.
    figure 'key customers who fall away' "$book" \
        "SELECT customer, revenue_change FROM customers_falls ORDER BY customer" \
        "SELECT c.customer, sum(($now) * fen) / 100.0 - sum(($then) * fen) / 100.0
         FROM customers AS c JOIN lines AS l ON l.customer = c.customer
         WHERE c.tier = 'A' AND c.status <> 'lost' GROUP BY c.customer
         HAVING 2 * sum(($now) * fen) < sum(($then) * fen) ORDER BY c.customer"
    # January up to the as-of date against the same days of last year, customer by customer.
    figure 'why revenue changed' "$book" \
        "SELECT ups, downs, up AS revenue, down AS before FROM customers_change_sums WHERE scope = 'company'" \
        "WITH d AS (SELECT customer, sum((date >= '2026-01-01') * fen)
                           - sum((date >= '2025-01-01' AND date <= '2025' || substr(asof.day, 5)) * fen) AS fen
                    FROM lines, asof GROUP BY customer)
         SELECT sum(fen > 0), sum(fen < 0), sum(max(fen, 0)) / 100.0, sum(min(fen, 0)) / 100.0 FROM d"
    nothing 'the changes of customers are the change of the whole, and of each region' "$book" \
        "SELECT s.scope, s.of FROM customers_change_sums AS s
         JOIN revenue_so_far AS r ON r.scope = s.scope AND r.of = s.of AND r.span = 'year'
         WHERE s.scope IN ('company', 'region') AND s.up + s.down <> r.revenue - r.before"
    nothing 'last year and its changes are the last 12 months' "$book" \
        "SELECT scope, of FROM customers_bridge GROUP BY scope, of
         HAVING sum(revenue_before) + sum(revenue_change) <> sum(revenue_12)"
    nothing 'every customer of 24 months has a score' "$book" \
        "SELECT f.customer FROM customers_files AS f LEFT JOIN customers_rfm AS r ON r.customer = f.customer
         WHERE f.orders_24 > 0 AND r.customer IS NULL"
    nothing 'no more than ten points' "$book" "SELECT count(*) AS n FROM customers_exceptions HAVING count(*) > 10"
    nothing 'points of people who have left' "$book" \
        "SELECT e.id FROM customers_exceptions AS e JOIN people AS p ON p.person = e.owner WHERE p.left <= as_of()"
    figure 'files that lack their source' "$book" \
        "SELECT fields_missing AS n FROM customers_fields WHERE field = 'source'" \
        "SELECT sum(source = '') FROM customers"
done
for book in security furniture; do
    figure 'still potential' "$book" \
        "SELECT sum(potentials) AS n FROM customers_conversions WHERE scope = 'company'" \
        "SELECT count(*) FROM customers WHERE status = 'potential' AND customer NOT IN (SELECT customer FROM sales)"
done

# ---- what is planted ----
tells 'its missing renewal' security attention 'Jinsha Data Bureau): bought for 33.6 k in 12 months, 98 % less' '1,649,986'
tells 'its missing renewal is why' security index 'Revenue of the year, 48.0 m, is 3.20 m above' 'Jinsha Data Bureau) (−1.43 m)'
says 'its missing renewal is why' security monthly-company 'Jinsha Data Bureau) (−1.43 m)'
tells 'its missing renewal, on its own page' security customer/c0079 'Down: 33.6 k in the last 12 months, after 1.68 m.'
tells 'tier C, and by revenue A' security customers 'Łódź Integracja, S.A. Li Wei (East) C A −2'
tells 'who looks after one that fell' security person/luo-dan 'Jinsha Data Bureau) (−1.43 m)'
tells 'the files of one person lack their source' furniture customers 'An Qi 15 15 15'
tells 'the files of one person lack their source' furniture person/an-qi '15 files of 15 have gaps'
finds 'nobody else forgets it' furniture \
    "SELECT count(*) AS n FROM customers_completeness WHERE scope = 'person' AND fields_missing > 0" 1
tells 'a dormant customer with what is at stake' furniture attention 'Yijia Home, Wuxi: no order for 168 days, used to buy for 1.38 m a year'
tells 'few points of many retailers' tobacco attention 'more customers have been silent for over 90 days and twice their usual time'
