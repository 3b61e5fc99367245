# Products in the example books: figures worked out again from the CSV, sums that must add up, what is planted.
# Sourced by run, after figures.sh and planted.sh.
# Pieces and money of January to the as-of date, and of the same days of 2025, by product. fen in whole numbers.
pieces="(SELECT p.product, p.unit, p.line, sum((s.date >= '2026') * s.quantity) AS q1, sum((s.date < '2026') * s.quantity) AS q0,
                sum((s.date >= '2026') * CAST(round(s.amount * 100) AS INTEGER)) AS r1,
                sum((s.date < '2026') * CAST(round(s.amount * 100) AS INTEGER)) AS r0
         FROM sales AS s JOIN products AS p ON p.product = s.product, asof
         WHERE s.date >= '2026' OR (s.date >= '2025' AND s.date <= '2025' || substr(asof.day, 5)) GROUP BY p.product)"
for book in security furniture tobacco; do
    figure 'a page for each product' "$book" "SELECT count(*) AS n FROM product_pages" "SELECT count(*) FROM products"
    figure 'price per unit' "$book" \
        "SELECT product, pieces AS a, pieces_before AS b, price_change AS text FROM products_items
         WHERE price_change IS NOT NULL ORDER BY product" \
        "SELECT product, q1, q0, 1.0 * r1 / q1 / (1.0 * r0 / q0) - 1 FROM $pieces AS p WHERE q1 > 0 AND q0 > 0 ORDER BY product"
    # Price: q1 (p1 − p0); volume: (Q1 − Q0) R0 ÷ Q0 of each unit; mix: what q1 p0 is more than Q1 R0 ÷ Q0. To a yuan, for
    # ours are rounded product by product.
    figure 'price, volume, mix' "$book" \
        "SELECT CAST(round(0.01 * price_effect) AS INTEGER) AS a, CAST(round(0.01 * volume_effect) AS INTEGER) AS b,
                CAST(round(0.01 * mix_effect) AS INTEGER) AS c, new_effect FROM products_bridge WHERE scope = 'company'" \
        "WITH u AS (SELECT unit, 1.0 * sum(q1) AS q1, 1.0 * sum(q0) AS q0, sum(r0) AS r0, sum(r1) AS r1, sum(1.0 * q1 * r0 / q0) AS at_old
                    FROM $pieces AS p WHERE q1 > 0 AND q0 > 0 GROUP BY unit)
         SELECT round(sum(r1 - at_old) / 100), round(sum((q1 - q0) * r0 / q0) / 100), round(sum(at_old - q1 * r0 / q0) / 100),
                (SELECT coalesce(sum(r1), 0) / 100.0 FROM $pieces AS p WHERE q0 = 0) FROM u"
    nothing 'the bridge adds up, for the company and each region, to the change of revenue' "$book" \
        "SELECT b.scope, b.of FROM products_bridge AS b
         JOIN revenue_so_far AS r ON r.scope = b.scope AND r.of = b.of AND r.span = 'year'
         WHERE b.revenue <> r.revenue OR b.before <> r.before
            OR b.before + b.price_effect + b.volume_effect + b.mix_effect + b.new_effect + b.gone_effect + b.other_effect
               <> b.revenue"
    nothing 'and so does each product' "$book" \
        "SELECT scope, of, product FROM products_effects
         WHERE before + price_effect + volume_effect + mix_effect + new_effect + gone_effect + other_effect <> revenue"
    nothing 'every scope with revenue has a bridge' "$book" \
        "SELECT r.scope, r.of FROM revenue_so_far AS r LEFT JOIN products_bridge AS b ON b.scope = r.scope AND b.of = r.of
         WHERE r.scope IN ('company', 'region') AND r.span = 'year' AND r.before > 0 AND b.scope IS NULL"
    nothing 'lines, brands and categories each make the whole' "$book" \
        "SELECT kind FROM products_groups GROUP BY kind
         HAVING sum(revenue) <> (SELECT revenue FROM products_bridge WHERE scope = 'company')"
    # Key brands ÷ all products, January to the as-of date, by person with shares of orders left whole.
    figure 'share of key brands' "$book" \
        "SELECT key_revenue, key_brand_share AS text, share_before AS b FROM products_key_share WHERE scope = 'company'" \
        "SELECT sum((k = 'yes') * r1) / 100.0, 1.0 * sum((k = 'yes') * r1) / sum(r1), 1.0 * sum((k = 'yes') * r0) / sum(r0)
         FROM (SELECT q.r1, q.r0, p.key_brand AS k FROM $pieces AS q JOIN products AS p ON p.product = q.product)"
    # Standard deviation ÷ mean of the months November 2025 … October 2026 less the last, that is October 2025 to September 2026.
    figure 'variation of the months' "$book" \
        "SELECT product, variation AS text FROM products_items WHERE variation IS NOT NULL AND launched < '2025-09' ORDER BY product" \
        "SELECT product, sqrt((sum(q * q) - sum(q) * sum(q) / 12.0) / 11) / (sum(q) / 12.0)
         FROM (SELECT s.product, substr(s.date, 1, 7) AS month, sum(s.quantity) AS q FROM sales AS s JOIN products AS p ON p.product = s.product
               WHERE s.date >= '2025-10' AND s.date < '2026-10' AND p.launched < '2025-09' GROUP BY 1, 2)
         GROUP BY product ORDER BY product"
done
tells 'a page for a product' security product/ids-ai 'Detection, Hawkeye, key brand'
tells 'a page for a product' security product/ids-ai 'Hawkeye software set 118,000 yes 15 Sep 2025'
tells 'products lead to their pages' security product 'Monitoring service, month Services Service'

# ---- what is planted ----
tells 'why revenue changed' security index 'the change of the year'"'"'s revenue, +3.20 m, is price −148 k , volume +4.94 m and mix −1.59 m'
says 'why revenue changed' security monthly-company 'price −148 k, volume +4.94 m and mix −1.59 m'
tells 'a price that fell while more was sold' security attention 'Database audit: price per unit 11.6 % below last year, 157 % more sold'
tells 'a price that fell while more was sold' security product/aud-db '18 sold this year, +157.1 % on the same period of last year, at 57,262.22 each (−11.6 %).'
tells 'a launch that lags' security attention 'Hawkeye Insight: nothing sold in 52 weeks; the earlier launch had sold 1.92 m by then'
tells 'a launch that lags' tobacco attention 'Haitang (Soft): sold for 560 k in 35 weeks, 44 % of what 2 earlier launches had sold by then'
tells 'a launch that does not lag' tobacco product/t39 'In 35 weeks on sale it reached 129 % of what 2 earlier launches had sold by then.'
tells 'a slow mover with stock' furniture attention 'Suzhou swing seat: 74 in stock, 13 sold in three months (a year before 95)'
tells 'a slow mover with stock' furniture products 'Suzhou swing seat' 'Outdoor stock for over six months 74'
finds 'few points' security "SELECT count(*) AS n FROM products_exceptions WHERE severity = 1" 0

# ---- a chart's numbers are numbers, and money in its unit ----
# Points without names stand by their x; what a launch sold, week by week, ends at what it has sold since.
json=$work/one/furniture/site/everyone/products.json
got=$(jq -c '.blocks[] | select(.id == "revenue-across-and-variation-up") | [.columns[0].type, (.rows | all(.[0] | type == "number"))]' "$json")
[ "$got" = '["money",true]' ] && pass || fail 'books/furniture: x of points without names' "is $got in $json"
got=$(jq -c '.blocks[] | select(.id == "launches-of-the-last-24-months") | .rows | length > 5 and all(.[8][-1] == .[4])' "$json")
[ "$got" = true ] && pass || fail 'books/furniture: the course of a launch' 'does not end at what was sold since'
