# Supply in tobacco: figures worked out again from the CSV files, sums that must add up, what is planted, and the
# rebalancing proposal put into a copy of the book. Sourced by tests/books/run.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

# Of several totals of a customer and month the last holds.
agreed="(SELECT a.month, a.customer, a.agreed, a.agreed_by FROM agreements AS a
         WHERE a.agreed_on = (SELECT max(b.agreed_on) FROM agreements AS b WHERE b.month = a.month AND b.customer = a.customer))"
sqlite3 "$work/csv-tobacco.db" 'CREATE INDEX agreements_of ON agreements (customer, month);
    CREATE INDEX orders_of ON orders (customer, date); CREATE INDEX customers_of ON customers (customer)'

# ---- figures ----
# Use of the limit = supplied to those with a total ÷ their totals.
figure 'use of the limit of October, by who agreed' tobacco \
    "SELECT of, agreed AS a, used AS u, limit_use AS text FROM supply_by_month
     WHERE scope = 'person' AND month = '2026-10' ORDER BY of" \
    "SELECT agreed_by, sum(agreed), sum(got), 1.0 * sum(got) / sum(agreed)
     FROM (SELECT a.agreed_by, a.agreed, coalesce((SELECT sum(o.supplied) FROM orders AS o
                                                   WHERE o.customer = a.customer AND o.date LIKE '2026-10-%'), 0) AS got
           FROM $agreed AS a WHERE a.month = '2026-10')
     GROUP BY agreed_by ORDER BY agreed_by"
# Demand met = supplied ÷ wanted, by the customer's town.
figure 'demand met in October, by region' tobacco \
    "SELECT of, wanted AS w, demand_met AS text FROM supply_by_month
     WHERE scope = 'region' AND month = '2026-10' ORDER BY of" \
    "SELECT i.outer, sum(o.wanted), 1.0 * sum(o.supplied) / sum(o.wanted)
     FROM orders AS o JOIN customers AS c ON c.customer = o.customer JOIN inside AS i ON i.region = c.region
     WHERE o.date LIKE '2026-10-%' GROUP BY i.outer ORDER BY i.outer"
# Even supply: the share of the month's working days.
figure 'swing of the months' tobacco \
    "SELECT month, swing AS text FROM supply_by_month WHERE scope = 'company' ORDER BY month" \
    "SELECT o.month, 1.0 * (o.last - o.first) / o.supplied - 1.0 * (w.last - w.first) / w.days
     FROM (SELECT substr(date, 1, 7) AS month, sum(supplied) AS supplied, sum(supplied * (substr(date, 9) < '11')) AS first,
                  sum(supplied * (substr(date, 9) > '20')) AS last FROM orders GROUP BY 1) AS o
     JOIN (SELECT substr(day, 1, 7) AS month, count(*) AS days, sum(substr(day, 9) < '11') AS first,
                  sum(substr(day, 9) > '20') AS last FROM workdays GROUP BY 1) AS w ON w.month = o.month
     ORDER BY o.month"
figure 'unmet demand by brand, August to October' tobacco \
    "SELECT brand, unmet AS n FROM supply_brands WHERE scope = 'company' ORDER BY brand" \
    "SELECT p.brand, sum(o.wanted) - sum(o.supplied) FROM orders AS o JOIN products AS p ON p.product = o.product
     WHERE o.date >= '2026-08' GROUP BY p.brand ORDER BY p.brand"
figure 'choice: brands supplied, August to October' tobacco \
    "SELECT of, choice AS text FROM supply_choice WHERE scope = 'person' ORDER BY of" \
    "SELECT owner, 1.0 * sum(n) / count(*)
     FROM (SELECT c.owner, o.customer, count(DISTINCT p.brand) AS n FROM orders AS o JOIN products AS p ON p.product = o.product
           JOIN customers AS c ON c.customer = o.customer WHERE o.date >= '2026-08' AND o.supplied > 0 GROUP BY o.customer)
     GROUP BY owner ORDER BY owner"
figure 'what is usually wanted' tobacco \
    "SELECT customer, usual AS n FROM supply_fit WHERE usual IS NOT NULL ORDER BY customer" \
    "SELECT customer, avg(got)
     FROM (SELECT a.customer, coalesce((SELECT sum(o.wanted) FROM orders AS o
                                        WHERE o.customer = a.customer AND substr(o.date, 1, 7) = a.month), 0) AS got
           FROM $agreed AS a WHERE a.month BETWEEN '2025-11' AND '2026-10')
     GROUP BY customer HAVING count(*) >= 3 AND customer IN (SELECT customer FROM agreements WHERE month = '2026-11')
     ORDER BY customer"

# ---- what must add up ----
figure 'supplied is what was sold that day' tobacco \
    "SELECT month, supplied AS n FROM supply_by_month WHERE scope = 'company' ORDER BY month" \
    "SELECT substr(date, 1, 7), sum(quantity) FROM sales WHERE date >= '2025-10' GROUP BY 1 ORDER BY 1"
nothing 'persons make the company' tobacco \
    "SELECT c.month FROM supply_by_month AS c JOIN supply_by_month AS p ON p.scope = 'person' AND p.month = c.month
     WHERE c.scope = 'company' GROUP BY c.month
     HAVING sum(p.agreed) <> max(c.agreed) OR sum(p.supplied) <> max(c.supplied) OR sum(p.ran_out) <> max(c.ran_out)"
nothing 'moves leave the total of each person as it is' tobacco \
    "SELECT person, sum(move) AS n FROM supply_moves GROUP BY person HAVING sum(move) <> 0"
nothing 'nobody is moved beyond what is fair' tobacco \
    "SELECT m.customer FROM supply_moves AS m JOIN supply_fit AS f ON f.customer = m.customer
     WHERE (m.move > 0 AND m.proposed > f.fair) OR (m.move < 0 AND m.proposed < f.fair)"

# ---- planted ----
finds 'always agrees too large totals' tobacco "SELECT person FROM supply_generous" he.siyuan
finds 'always: in each month far below everybody else' tobacco \
    "SELECT count(*) AS n FROM supply_by_month AS m
     WHERE m.scope = 'person' AND m.of = 'he.siyuan' AND m.limit_use < 0.5
       AND (SELECT min(o.limit_use) FROM supply_by_month AS o
            WHERE o.scope = 'person' AND o.month = m.month AND o.of <> m.of) > 0.7" 13
tells 'always agrees too large totals' tobacco supply '何思远 agrees too large totals: 43 % of them are used, 77 % at the others'
tells 'always agrees too large totals' tobacco person/he-siyuan 'Agreed totals are too large: 43 % of them were used in 12 months'
tells 'always agrees too large totals' tobacco attention 'Agreed totals are too large: 43 %' '何思远'
says 'always agrees too large totals' tobacco monthly-company 'agrees too large totals: 43 % of them are used'
finds 'nothing to move where every total is too large' tobacco \
    "SELECT lacking AS n FROM supply_pools WHERE person = 'he.siyuan'" 0
figure 'run out in the last ten days' tobacco \
    "SELECT customer, person, refused AS n FROM supply_ran_out ORDER BY customer" \
    "SELECT o.customer, c.owner, sum(o.wanted) FROM orders AS o JOIN customers AS c ON c.customer = o.customer
     WHERE o.supplied = 0 GROUP BY o.customer ORDER BY o.customer"
finds 'run out in the last ten days' tobacco \
    "SELECT count(*) AS n, min(person) AS p, max(person) AS q, sum(refused) AS r FROM supply_ran_out" 6,lu.bin,lu.bin,45
tells 'run out in the last ten days' tobacco attention '6 customers could not order in the last ten days of Oct 2026: 45 cartons' 'Lü Bin'
tells 'run out in the last ten days' tobacco supply 'Zhou Hongxing Tobacco & Liquor Lü Bin Oct 2026 76 76 7'
tells 'run out in the last ten days' tobacco customer/r1336 'The total of Oct 2026 was used up, and 7 cartons wanted in its last ten days did not come.'
tells 'run out in the last ten days' tobacco region/longtan '6 customers could not order in the last ten days.'
finds 'too small again' tobacco \
    "SELECT count(*) AS n FROM supply_ran_out AS r JOIN supply_fit AS f ON f.customer = r.customer WHERE f.fit = 'small'" 6
tells 'unmet demand' tobacco supply 'Haitang is what lacks most: 2,290 cartons of it were wanted and did not come since Aug 2026, 58 % of its demand was met.'
tells 'unmet demand' tobacco attention 'Haitang: 58 % of the demand since Aug 2026 was met'
finds 'no other brand lacks' tobacco \
    "SELECT count(*) AS n FROM supply_brands WHERE scope = 'company' AND demand_met < 0.97" 1
finds 'over the limit' tobacco \
    "SELECT count(*) AS n, min(person) AS p, min(month) AS m, sum(over) AS o FROM supply_limits WHERE over > 0" 3,wang.fang,2026-09,9
tells 'over the limit' tobacco attention '9 cartons were supplied over the agreed totals of Sep 2026' '王芳'
# Not planted, but there.
finds 'swing to month end' tobacco \
    "SELECT of, month, round(100 * swing, 1) AS n FROM supply_by_month WHERE scope = 'person' ORDER BY swing DESC LIMIT 1" \
    du.peng,2026-02,40.700000
tells 'swing to month end' tobacco supply 'Du Peng' 'Feb 2026 +40.7 pp'
finds 'swing to month end, when it was the last month' tobacco \
    "SELECT count(*) AS n FROM exceptions WHERE id = 'supply:swing:du.peng:2026-02'" 1 2026-02-28

# ---- the proposal, as it is saved from the page, put into the book ----
cp -r input/tobacco "$work/rebalanced"
perl -ne 'if (/href="data:text\/csv;charset=utf-8,([^"]*)" download="agreements-proposal.csv"/) {
              $_ = $1; s/%(..)/chr hex $1/ge; s/\r//g; s/^[^\n]*\n//; print }' \
    "$work/one/tobacco/site/everyone/supply.html" >"$work/proposal.csv"
cat "$work/proposal.csv" >>"$work/rebalanced/agreements.csv"
if [ "$(wc -l <"$work/proposal.csv")" -gt 100 ] && build "$work/rebalanced" "$work/again" 2 && ! grep -q agreements "$work/log"; then
    pass
else
    fail 'books/tobacco: the proposal put into the book' "$(head -n 3 "$work/proposal.csv") $(head -n 5 "$work/log")"
fi
totals="SELECT agreed_by, count(*) AS n, sum(agreed) AS a FROM supply_months
        WHERE month = '2026-11' GROUP BY agreed_by ORDER BY agreed_by"
ours tobacco "$totals" >"$work/totals-before"
"$SALESBOOK" sql "$work/rebalanced" "$totals" --format=csv 2>"$work/err" | tail -n +2 | plain >"$work/totals-after"
same 'books/tobacco: totals of each person are the same before and after' "$work/totals-before" "$work/totals-after" \
    "salesbook sql BOOK \"$totals\""
left=$("$SALESBOOK" sql "$work/rebalanced" "SELECT customer FROM supply_moves" --format=csv 2>/dev/null | tail -n +2 | wc -l)
changed=$("$SALESBOOK" sql "$work/rebalanced" \
    "SELECT count(*) AS n FROM supply_months WHERE month = '2026-11' AND agreed_on = '2026-10-30'" --format=csv | tail -n 1)
if [ "$left" -lt 20 ] && [ "$changed" = "$(wc -l <"$work/proposal.csv")" ]; then
    pass
else
    fail 'books/tobacco: the proposal holds' "$changed of $(wc -l <"$work/proposal.csv") rows hold, $left moves are left"
fi
