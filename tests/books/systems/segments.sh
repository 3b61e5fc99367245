# Segments of retailers in tobacco: figures worked out again from the CSV, sums that must add up, what is planted.
# Sourced by run, after figures.sh and planted.sh.
# The last 12 months are 2025-11-01 to the as-of date, the same period of last year 2024-11-01 to that day of 2025.
figure 'segments' tobacco \
    "SELECT segment, segment_customers AS a, volume AS v, volume_before AS b, revenue FROM segments_groups
     WHERE scope = 'company' ORDER BY segment" \
    "SELECT c.business_circle || ', ' || c.category || ', ' || c.sales_status AS segment, count(DISTINCT c.customer),
            sum((s.date >= '2025-11') * s.quantity),
            sum((s.date >= '2024-11' AND s.date <= '2025' || substr(asof.day, 5)) * s.quantity),
            sum((s.date >= '2025-11') * CAST(round(s.amount * 100) AS INTEGER)) / 100.0
     FROM customers AS c JOIN asof LEFT JOIN sales AS s ON s.customer = c.customer GROUP BY 1 ORDER BY 1"
# Those who have been customers for 12 months and bought in them, in segments of ten at least; the median of n values is
# the mean of the two in the middle.
figure 'the middle of each segment' tobacco \
    "SELECT DISTINCT segment, n, middle AS v FROM segments_compared ORDER BY segment" \
    "WITH v AS (SELECT c.business_circle || ', ' || c.category || ', ' || c.sales_status AS segment, sum(s.quantity) AS q
                FROM customers AS c JOIN sales AS s ON s.customer = c.customer AND s.date >= '2025-11'
                WHERE c.since < '2025-11-01' GROUP BY c.customer),
          r AS (SELECT segment, q, row_number() OVER (PARTITION BY segment ORDER BY q) AS nth,
                       count(*) OVER (PARTITION BY segment) AS n FROM v)
     SELECT segment, n, round(avg(q)) FROM r WHERE n >= 10 AND 2 * nth BETWEEN n AND n + 2 GROUP BY segment, n ORDER BY segment"
nothing 'segments, persons and regions make the whole' tobacco \
    "SELECT scope FROM segments_wholes WHERE scope IN ('person', 'company') GROUP BY scope
     HAVING sum(volume) <> (SELECT sum(volume) FROM segments_customers) OR sum(segment_customers) <> 1900"
nothing 'each part makes the whole' tobacco \
    "SELECT kind FROM segments_parts WHERE scope = 'company' GROUP BY kind
     HAVING sum(volume) <> (SELECT volume FROM segments_wholes WHERE scope = 'company')"
for book in security furniture; do
    nothing 'no segments where there are no retailers' "$book" "SELECT scope FROM segments_wholes"
    if [ -e "$work/one/$book/site/everyone/segments.html" ]; then
        fail "books/$book: no page of segments" 'it is there'
    else
        pass
    fi
done

# ---- what is planted ----
finds 'a retailer far below its segment' tobacco \
    "SELECT customer, volume AS v, middle AS m, n, round(z_volume, 1) AS z FROM segments_outliers
     WHERE side = 'below' ORDER BY z_volume LIMIT 1" R0522,6,60,15,-5.900000
tells 'a retailer far below its segment' tobacco segments 'bus and rail, convenience store, slow 6 60 54 −5.9 15'
tells 'a retailer far below its segment' tobacco attention 'Feng Heping Grocery: bought 24 units in 12 months, the middle of 15 like it is 172' '何思远'
tells 'what a volume counts' tobacco segments 'The unit is that of all products here: carton.'
says 'a retailer far below its segment' tobacco monthly-company '8 customers are far below their segments'
tells 'the largest segment' tobacco segments 'The largest segment is market, grocery, brisk: 46 customers, 3.2 % of the volume.'
