# Figures of October 2026 of the example books, asked of salesbook and worked out again from the CSV files
# by the sqlite3 shell. Each formula stands in words above the second query. Sourced by run; the tables that
# the second queries read are those of the CSV and of csv.sql.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

# csv BOOK QUERY: asks the CSV files themselves.
csv() {
    db=$work/csv-$1.db
    if [ ! -f "$db" ]; then
        {
            echo .mode csv
            for file in "input/$1"/*.csv; do
                echo ".import $file $(basename "$file" .csv)"
            done
            # What came back stands in a file of its own.
            [ ! -f "input/$1/sales-returns.csv" ] || echo 'INSERT INTO sales SELECT * FROM "sales-returns";'
            # A table that a book lacks has its heads only.
            while read -r table heads; do
                [ -f "input/$1/$table.csv" ] || echo "CREATE TABLE $table ($heads);"
            done <<'TABLES'
results month, person, kind, value
credits order_id, deal, person, share
deals deal, customer, person, amount, opened, expected_close, stage, state, closed, reason
stages stage, seq, name, probability
deal_stages deal, stage, entered
deal_dates deal, noted, expected_close
placements placement, cost, starts, ends, medium
traffic date, placement, visitors, pageviews, leads, orders
TABLES
            echo '.read tests/books/csv.sql'
        } | sqlite3 "$db"
    fi
    sqlite3 -csv "$db" "$2" | plain
}

# Numbers to six decimals, texts without quotes, so that the two ways to write CSV do not matter.
plain() {
    tr -d '"\r' | awk -F, -v OFS=, '{
        for (i = 1; i <= NF; i++)
            if ($i ~ /^-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?$/)
                $i = sprintf("%.6f", $i)
        print
    }'
}

# ours BOOK QUERY [DATE]: asks salesbook.
ours() {
    "$SALESBOOK" sql "input/$1" "$2" --format=csv ${3:+--as-of="$3"} 2>"$work/err" | tail -n +2 | plain
}

# figure CASE BOOK QUERY-OF-OURS QUERY-OF-THE-CSV [DATE]: both give the same rows, and there are some.
figure() {
    ours "$2" "$3" "${5:-}" >"$work/ours"
    csv "$2" "$4" >"$work/theirs"
    if [ -s "$work/theirs" ] && cmp -s "$work/theirs" "$work/ours"; then
        pass
    else
        fail "books/$2: $1" "differs; < from the CSV, > salesbook" "salesbook sql input/$2 \"$3\" --format=csv"
        cat "$work/err"
        diff "$work/theirs" "$work/ours" | head -n 10
    fi
}

# nothing CASE BOOK QUERY: salesbook finds no row, though the query is sound.
nothing() {
    if ours "$2" "$3" >"$work/ours" && [ ! -s "$work/err" ] && [ ! -s "$work/ours" ]; then
        pass
    else
        fail "books/$2: $1" "this ought not to be there" "salesbook sql input/$2 \"$3\" --format=csv"
        cat "$work/err"
        head -n 10 "$work/ours"
    fi
}

yuan='sum(fen) / 100.0'
for book in security furniture tobacco; do
    # ---- revenue: sum of amounts of the lines of the month ----
    figure 'revenue of October' "$book" \
        "SELECT revenue FROM revenue_by_month WHERE scope = 'company' AND month = '2026-10'" \
        "SELECT $yuan FROM lines WHERE month = '2026-10'"
    # The same days of October 2025: up to the 30th or 31st.
    figure 'the same period of last year' "$book" \
        "SELECT before_actual AS revenue FROM targets_periods
         WHERE scope = 'company' AND kind = 'revenue' AND grain = 'month'" \
        "SELECT $yuan FROM lines, asof WHERE lines.month = '2025-10' AND substr(date, 9) <= substr(day, 9)"
    figure 'revenue of the year so far, and of the same period of last year' "$book" \
        "SELECT actual AS revenue, before_actual AS last_year FROM targets_periods
         WHERE scope = 'company' AND kind = 'revenue' AND grain = 'year'" \
        "SELECT (SELECT $yuan FROM lines WHERE date >= '2026-01-01'),
                (SELECT $yuan FROM lines, asof
                 WHERE date >= '2025-01-01' AND date <= '2025' || substr(day, 5))"
    # A region's revenue: lines of the customers in it and in the regions within it.
    figure 'revenue by region' "$book" \
        "SELECT of, revenue FROM revenue_by_month WHERE scope = 'region' AND month = '2026-10' ORDER BY of" \
        "SELECT i.outer, $yuan FROM lines AS l JOIN inside AS i ON i.region = l.region
         WHERE l.month = '2026-10' GROUP BY i.outer ORDER BY i.outer"
    figure 'revenue by person, with shares of orders' "$book" \
        "SELECT of, revenue FROM revenue_by_month WHERE scope = 'person' AND month = '2026-10' ORDER BY of" \
        "SELECT person, $yuan FROM parts WHERE month = '2026-10' GROUP BY person ORDER BY person"
    figure 'revenue by team' "$book" \
        "SELECT of, revenue FROM revenue_by_month WHERE scope = 'team' AND month = '2026-10' ORDER BY of" \
        "SELECT p.team, $yuan FROM parts JOIN people AS p ON p.person = parts.person
         WHERE month = '2026-10' GROUP BY p.team ORDER BY p.team"
    figure 'orders, each number once, and none that came back' "$book" \
        "SELECT orders FROM revenue_by_month WHERE scope = 'company' AND month = '2026-10'" \
        "SELECT count(DISTINCT order_id) FROM lines WHERE month = '2026-10' AND fen > 0"
    figure 'revenue of the year by product line' "$book" \
        "SELECT line, revenue FROM revenue_by_line WHERE scope = 'company' ORDER BY line" \
        "SELECT p.line, $yuan FROM lines AS l JOIN products AS p ON p.product = l.product
         WHERE l.date >= '2026-01-01' GROUP BY p.line ORDER BY p.line"
    # Customers with revenue in November 2025 to October 2026.
    figure 'active customers' "$book" \
        "SELECT value AS active_customers FROM shared_scope_figures WHERE scope = 'company' AND name = 'active_customers'" \
        "SELECT count(DISTINCT customer) FROM lines WHERE month >= '2025-11' AND fen > 0"
    figure 'new customers of the year, by month' "$book" \
        "SELECT month, customers AS n FROM new_customers_by_month
         WHERE scope = 'company' AND month >= '2026-01' ORDER BY month" \
        "SELECT substr(n.day, 1, 7), count(*) FROM newcomers AS n, asof
         WHERE n.day >= '2026-01-01' AND n.day <= asof.day GROUP BY 1 ORDER BY 1"

    # ---- targets ----
    # Attainment = revenue ÷ target of the month.
    figure 'target and attainment of October' "$book" \
        "SELECT target AS plan, attainment AS ratio_text FROM targets_periods
         WHERE scope = 'company' AND kind = 'revenue' AND grain = 'month'" \
        "SELECT t.amount, (SELECT sum(fen) FROM lines WHERE month = '2026-10') / 100.0 / t.amount
         FROM targets AS t
         WHERE t.period = '2026-10' AND t.scope = 'company' AND t.kind = 'revenue' AND t.state = 'agreed'"
    figure 'attainment by person' "$book" \
        "SELECT of, attainment AS ratio_text FROM targets_periods
         WHERE scope = 'person' AND kind = 'revenue' AND grain = 'month' AND target > 0 ORDER BY of" \
        "SELECT t.of, coalesce((SELECT sum(fen) FROM parts AS p
                                               WHERE p.person = t.of AND p.month = '2026-10'), 0) / 100.0 / t.amount
         FROM targets AS t
         WHERE t.period = '2026-10' AND t.scope = 'person' AND t.kind = 'revenue' AND t.state = 'agreed' ORDER BY t.of"
    # Plan to date = targets of January to October: the last working day of October is gone.
    figure 'plan to date of the year' "$book" \
        "SELECT due AS plan FROM targets_periods WHERE scope = 'company' AND kind = 'revenue' AND grain = 'year'" \
        "SELECT sum(amount) FROM targets
         WHERE period BETWEEN '2026-01' AND '2026-10' AND length(period) = 7 AND period NOT LIKE '%Q%'
           AND scope = 'company' AND kind = 'revenue' AND state = 'agreed'"
    # Forecast = revenue × revenue of 2025 ÷ revenue of 2025 up to the same day.
    figure 'run-rate forecast of the year' "$book" \
        "SELECT working_days, days_gone, round(ratio(forecast, 100)) AS yuan FROM targets_periods
         WHERE scope = 'company' AND kind = 'revenue' AND grain = 'year'" \
        "WITH w AS (SELECT count(*) AS n, sum(day <= (SELECT day FROM asof)) AS gone FROM workdays
                    WHERE day LIKE '2026-%'),
              r AS (SELECT sum(fen * (date LIKE '2025-%')) AS ago, sum(fen * (date >= '2026-01-01')) AS now,
                           sum(fen * (date LIKE '2025-%' AND substr(date, 6) <= substr(asof.day, 6))) AS then_
                    FROM lines, asof)
         SELECT w.n, gone, round(now / 100.0 * ago / then_) FROM w, r"
    # In the middle of the month: revenue up to the 20th; plan to date = target × working days gone ÷ those
    # of the month; pace = revenue ÷ (target × that part); needed a day = rest ÷ working days left.
    figure 'pace on the 20th' "$book" \
        "SELECT actual AS revenue, before_actual AS last_year, working_days, days_gone, pace AS pace_text,
                round(ratio(required, 100)) AS required_text
         FROM targets_periods WHERE scope = 'company' AND kind = 'revenue' AND grain = 'month'" \
        "WITH f AS (
             SELECT (SELECT sum(fen) FROM lines WHERE date BETWEEN '2026-10-01' AND '2026-10-20') / 100.0 AS actual,
                    (SELECT sum(fen) FROM lines WHERE date BETWEEN '2025-10-01' AND '2025-10-20') / 100.0 AS before,
                    (SELECT count(*) FROM workdays WHERE day LIKE '2026-10-%') AS n,
                    (SELECT count(*) FROM workdays WHERE day BETWEEN '2026-10-01' AND '2026-10-20') AS gone,
                    (SELECT amount FROM targets WHERE period = '2026-10' AND scope = 'company' AND kind = 'revenue') AS target
         )
         SELECT actual, before, n, gone, actual / target / gone * n,
                round(max(target - actual, 0) / (n - gone))
         FROM f" 2026-10-20
    # ---- what must add up ----
    nothing 'the company is the sum of its people' "$book" \
        "SELECT difference FROM revenue_reconciled WHERE scope = 'company' AND difference <> 0"
    nothing 'the company is the sum of its regions that lie in no other, and of what lies in none' "$book" \
        "SELECT c.month, c.revenue
         FROM revenue_by_month AS c
         WHERE c.scope = 'company'
           AND c.revenue <> (SELECT coalesce(sum(r.revenue), 0) FROM revenue_by_month AS r
                             JOIN regions AS g ON g.region = r.of AND g.parent IS NULL
                             WHERE r.scope = 'region' AND r.month = c.month)
                          + (SELECT coalesce(sum(s.amount), 0) FROM sales_by_region_month AS s
                             WHERE s.region IS NULL AND s.month = c.month)"
    nothing 'months make their quarter and year, quarters their year' "$book" \
        "SELECT period, scope, of, below, target_difference FROM targets_periods_reconciled
         WHERE target_difference <> 0 AND kind = 'revenue'"
    nothing 'the proposal is the whole that was to be split' "$book" \
        "SELECT p.of, p.amount, sum(s.amount) AS parts
         FROM targets_pools AS p LEFT JOIN targets_proposal AS s ON s.pool = p.of
         GROUP BY p.of, p.amount HAVING p.amount <> coalesce(sum(s.amount), 0)"
    nothing 'rows read are rows used and rows set aside' "$book" \
        "SELECT file FROM data_files WHERE rows_read <> rows_used + rows_aside"
done

# Visits and the like are summed as results.csv has them.
for book in security tobacco; do
    figure 'visits of October' "$book" \
        "SELECT actual AS visits FROM targets_periods WHERE scope = 'company' AND kind = 'visits' AND grain = 'month'" \
        "SELECT sum(value) FROM results WHERE month = '2026-10' AND kind = 'visits'"
done

for book in furniture tobacco; do
    nothing 'a target that differs from the sum of its parts' "$book" \
        "SELECT period, of FROM targets_units_reconciled WHERE target_difference <> 0 AND kind = 'revenue'"
done
# A unit's own target against the sum of those right below it, revenue of 2026: persons against their
# region, regions against the company.
figure 'targets that differ from the sum of their parts' security \
    "SELECT period, of, target_difference AS difference FROM targets_units_reconciled
     WHERE target_difference <> 0 AND kind = 'revenue' AND state = 'agreed' AND period LIKE '2026%'
       AND scope IN ('company', 'region') ORDER BY period, of" \
    "WITH own AS (SELECT period, scope, of, CAST(amount AS INTEGER) AS amount FROM targets
                  WHERE kind = 'revenue' AND state = 'agreed' AND period LIKE '2026%'),
          -- The units right below: teams, where they have targets, else persons; regions below the company.
          below AS (
              SELECT o.period, coalesce(nullif(u.parent, ''), 'company') AS of, o.amount
              FROM own AS o
              JOIN (SELECT t.team AS of, 'team' AS scope, t.region AS parent
                    FROM people AS t WHERE t.team IN (SELECT of FROM own WHERE scope = 'team') GROUP BY t.team
                    UNION ALL
                    SELECT person, 'person', region FROM people
                    WHERE team NOT IN (SELECT of FROM own WHERE scope = 'team')
                    UNION ALL
                    SELECT region, 'region', 'company' FROM regions) AS u
                ON u.of = o.of AND u.scope = o.scope
          )
     SELECT o.period, CASE o.scope WHEN 'company' THEN 'company' ELSE o.of END, sum(b.amount) - o.amount
     FROM own AS o
     JOIN below AS b ON b.period = o.period AND b.of = CASE o.scope WHEN 'company' THEN 'company' ELSE o.of END
     GROUP BY o.period, o.scope, o.of, o.amount
     HAVING sum(b.amount) <> o.amount
     ORDER BY 1, 2"

# ---- security: the funnel ----
# Open deals: count, value, value × probability of the stage, rounded deal by deal.
figure 'open deals by stage' security \
    "SELECT stage, deals, amount, weighted FROM funnel_by_stage WHERE scope = 'company' ORDER BY seq" \
    "SELECT s.stage, count(*), sum(d.amount), sum(round(d.amount * s.probability, 2))
     FROM ways AS w JOIN deals AS d ON d.deal = w.deal JOIN stages AS s ON s.stage = w.stage
     WHERE w.from_last = 1 AND d.state = 'open' GROUP BY s.stage ORDER BY s.seq"
# Open deals in a region: of the customers in it and within it; of a person: the own share.
figure 'open deals by region' security \
    "SELECT of, sum(deals) AS n, sum(amount) AS amount FROM funnel_by_stage
     WHERE scope = 'region' GROUP BY of HAVING sum(deals) > 0 ORDER BY of" \
    "SELECT i.outer, count(*), sum(d.amount)
     FROM deals AS d JOIN customers AS c ON c.customer = d.customer JOIN inside AS i ON i.region = c.region
     WHERE d.state = 'open' GROUP BY i.outer ORDER BY i.outer"
figure 'open deals by person, with shares' security \
    "SELECT of, sum(deals) AS n, sum(amount) AS amount FROM funnel_by_stage
     WHERE scope = 'person' GROUP BY of HAVING sum(deals) > 0 ORDER BY of" \
    "SELECT person, count(*), sum(amount) FROM (
         SELECT d.person, d.amount FROM deals AS d
         WHERE d.state = 'open' AND d.deal NOT IN (SELECT deal FROM credits)
         UNION ALL
         SELECT c.person, d.amount * c.share FROM deals AS d JOIN credits AS c ON c.deal = d.deal WHERE d.state = 'open')
     GROUP BY person ORDER BY person"
# Win rate = won ÷ decided in November 2025 to October 2026; by value likewise.
figure 'win rate' security \
    "SELECT won, lost, win_rate AS rate_text, win_rate_by_value AS value_text
     FROM funnel_wins WHERE scope = 'company'" \
    "SELECT sum(state = 'won'), sum(state = 'lost'), 1.0 * sum(state = 'won') / count(*),
            sum((state = 'won') * amount) / sum(amount)
     FROM deals WHERE closed BETWEEN '2025-11-01' AND '2026-10-30' AND state IN ('won', 'lost')"
# Median days from opening to winning.
figure 'cycle' security \
    "SELECT deals, cycle_days AS days_text FROM funnel_cycle WHERE scope = 'company'" \
    "WITH d AS (SELECT julianday(closed) - julianday(opened) AS days, row_number() OVER (ORDER BY julianday(closed) - julianday(opened)) AS nth,
                       count(*) OVER () AS n
                FROM deals WHERE state = 'won' AND closed BETWEEN '2025-11-01' AND '2026-10-30')
     SELECT n, avg(days) FROM d WHERE nth IN ((n + 1) / 2, n / 2 + 1)"
# Stuck: longer in its stage than the third quartile of the finished stays there (the value at place
# (n − 1) × ¾, counted from 0, between two neighbours by the straight line), of which there are five.
figure 'stuck deals' security \
    "SELECT deal, days_in_stage, q3_days AS q3_text FROM funnel_troubles WHERE stuck = 1 ORDER BY deal" \
    "WITH finished AS (
         SELECT stage, julianday(ended) - julianday(entered) AS days,
                row_number() OVER (PARTITION BY stage ORDER BY julianday(ended) - julianday(entered)) - 1 AS place,
                count(*) OVER (PARTITION BY stage) AS n
         FROM ways WHERE ended <> '9999'
     ),
     quartiles AS (
         SELECT a.stage, a.n, a.days + ((a.n - 1) * 0.75 - a.place) * (b.days - a.days) AS q3
         FROM finished AS a JOIN finished AS b ON b.stage = a.stage AND b.place = min(a.place + 1, a.n - 1)
         WHERE a.place = CAST((a.n - 1) * 0.75 AS INTEGER)
     )
     SELECT w.deal, CAST(julianday((SELECT day FROM asof)) - julianday(w.entered) AS INTEGER), q.q3
     FROM ways AS w JOIN quartiles AS q ON q.stage = w.stage JOIN deals AS d ON d.deal = w.deal
     WHERE d.state = 'open' AND w.from_last = 1 AND q.n >= 5
       AND julianday((SELECT day FROM asof)) - julianday(w.entered) > q.q3
     ORDER BY w.deal"
# Pushes: notes of a later expected close than the note before.
figure 'deals pushed three times' security \
    "SELECT deal, pushes, pushed_days FROM funnel_troubles WHERE pushes >= 3 ORDER BY deal" \
    "WITH n AS (SELECT deal, expected_close, lag(expected_close) OVER (PARTITION BY deal ORDER BY noted) AS was FROM deal_dates)
     SELECT n.deal, count(*), CAST(sum(julianday(n.expected_close) - julianday(n.was)) AS INTEGER)
     FROM n JOIN deals AS d ON d.deal = n.deal
     WHERE n.expected_close > n.was AND d.state = 'open' GROUP BY n.deal HAVING count(*) >= 3 ORDER BY n.deal"
# Movement of October: where each deal stood on 30 September and on 30 October.
figure 'movement of October' security \
    "SELECT stage, opening, arrived, moved_in, moved_out, won, lost, closing, opening_value, closing_value
     FROM funnel_movement WHERE scope = 'company' AND span = 'month' ORDER BY seq" \
    "WITH was AS (SELECT deal, stage FROM ways WHERE entered <= '2026-09-30' AND ended > '2026-09-30'),
          now AS (SELECT deal, stage FROM ways WHERE entered <= '2026-10-30' AND ended > '2026-10-30'),
          ends AS (SELECT deal, stage FROM ways WHERE from_last = 1),
          both AS (
              SELECT d.amount, d.state, d.opened > '2026-09-30' AS fresh, was.stage AS was, now.stage AS now,
                     d.closed > '2026-09-30' AS decided, ends.stage AS final
              FROM deals AS d LEFT JOIN was ON was.deal = d.deal LEFT JOIN now ON now.deal = d.deal
              JOIN ends ON ends.deal = d.deal
          )
     SELECT s.stage, sum(b.was IS s.stage), sum(b.fresh AND coalesce(b.now, b.final) = s.stage),
            sum(b.was IS NOT NULL AND b.now = s.stage AND b.was <> s.stage),
            sum(b.was = s.stage AND b.now IS NOT NULL AND b.now <> s.stage),
            sum(b.state = 'won' AND b.decided AND coalesce(b.was, b.final) = s.stage),
            sum(b.state = 'lost' AND b.decided AND coalesce(b.was, b.final) = s.stage), sum(b.now IS s.stage),
            sum((b.was IS s.stage) * b.amount), sum((b.now IS s.stage) * b.amount)
     FROM stages AS s, both AS b GROUP BY s.stage ORDER BY s.seq"
nothing 'movement adds up: opening + new + moved in − moved out − won − lost = closing' security \
    "SELECT scope, of, span, stage FROM funnel_movement
     WHERE opening + arrived + moved_in - moved_out - won - lost <> closing
        OR opening_value + arrived_value + moved_in_value - moved_out_value - won_out_value - lost_out_value <> closing_value"
nothing 'what moves in, moved out elsewhere' security \
    "SELECT span, sum(moved_in) AS a, sum(moved_out) AS b FROM funnel_movement WHERE scope = 'company'
     GROUP BY span HAVING sum(moved_in) <> sum(moved_out) OR sum(moved_in_value) <> sum(moved_out_value)"
# Conversion of a stage: of the deals that entered it, those that later entered a higher one or were won.
figure 'conversion' security \
    "SELECT stage, entered, went_on, dropped, still_open FROM funnel_conversion WHERE scope = 'company' ORDER BY seq" \
    "WITH firsts AS (SELECT w.deal, w.stage, s.seq, min(w.entered) AS entered FROM ways AS w JOIN stages AS s ON s.stage = w.stage
                     GROUP BY w.deal, w.stage),
          fates AS (SELECT f.stage, CAST(f.seq AS INTEGER) AS seq,
                           CASE WHEN d.state = 'won' OR EXISTS (SELECT 1 FROM ways AS w JOIN stages AS s ON s.stage = w.stage
                                         WHERE w.deal = f.deal AND CAST(s.seq AS INTEGER) > CAST(f.seq AS INTEGER)
                                           AND w.entered >= f.entered) THEN 'on' ELSE d.state END AS fate
                    FROM firsts AS f JOIN deals AS d ON d.deal = f.deal)
     SELECT stage, count(*), sum(fate = 'on'), sum(fate = 'lost'), sum(fate = 'open') FROM fates GROUP BY stage ORDER BY seq"
# Coverage = value of open deals whose last noted close is this year ÷ (target of the year − revenue).
figure 'coverage of the year' security \
    "SELECT due_value, coverage AS coverage_text FROM funnel_coverage WHERE scope = 'company' AND grain = 'year'" \
    "WITH due AS (SELECT sum(d.amount) AS amount FROM deals AS d
                  WHERE d.state = 'open'
                    AND coalesce((SELECT n.expected_close FROM deal_dates AS n WHERE n.deal = d.deal ORDER BY n.noted DESC LIMIT 1),
                                 d.expected_close) <= '2026-12-31')
     SELECT due.amount,
            due.amount / ((SELECT amount FROM targets WHERE period = '2026' AND scope = 'company' AND kind = 'revenue')
                                         - (SELECT sum(fen) FROM lines WHERE date >= '2026-01-01') / 100.0)
     FROM due"
nothing 'shares of an order or deal make the whole' security \
    "SELECT m.deal, d.amount, sum(m.amount) AS parts FROM funnel_members AS m JOIN funnel_deals AS d ON d.deal = m.deal
     WHERE m.scope = 'person' GROUP BY m.deal, d.amount HAVING sum(m.amount) <> d.amount"

# ---- furniture: promotion traffic ----
figure 'visitors, leads and orders by placement' furniture \
    "SELECT placement, visitors, leads, orders FROM traffic_by_placement ORDER BY placement" \
    "SELECT placement, sum(visitors), sum(leads), sum(orders) FROM traffic GROUP BY placement ORDER BY placement"
figure 'visitors by month' furniture \
    "SELECT month, visitors, leads FROM traffic_totals WHERE month <= '2026-10' ORDER BY month" \
    "SELECT substr(date, 1, 7), sum(visitors), sum(leads) FROM traffic GROUP BY 1 ORDER BY 1"
# Cost a lead = price × days since traffic is recorded ÷ all days of the placement ÷ leads, in whole yuan.
figure 'cost a lead by placement' furniture \
    "SELECT placement, round(ratio(cost_per_lead, 100)) AS yuan FROM traffic_by_placement
     WHERE cost_per_lead IS NOT NULL ORDER BY placement" \
    "SELECT t.placement,
            round(p.cost * (julianday(min(p.ends, '2026-10-31')) - julianday(max(p.starts, '2025-11-01')) + 1)
                           / (julianday(p.ends) - julianday(p.starts) + 1) / t.leads)
     FROM (SELECT placement, sum(leads) AS leads FROM traffic GROUP BY placement) AS t
     JOIN placements AS p ON p.placement = t.placement
     WHERE t.leads > 0 ORDER BY t.placement"
# Contribution = change on September (30 days) ÷ all visitors of September.
figure 'contribution to growth by placement' furniture \
    "SELECT placement, contribution AS text FROM traffic_by_placement ORDER BY placement" \
    "SELECT placement, (sum(visitors * (date LIKE '2026-10-%')) - sum(visitors * (date LIKE '2026-09-%')))
                       / (SELECT 1.0 * sum(visitors) FROM traffic WHERE date LIKE '2026-09-%')
     FROM traffic GROUP BY placement ORDER BY placement"
nothing 'contributions make the growth of the whole' furniture \
    "SELECT sum(contribution) AS rate FROM traffic_by_placement
     HAVING abs(sum(contribution) - (1.0 * sum(visitors_month) / sum(visitors_before) - 1)) > 1e-9"
nothing 'costs of months make the cost so far' furniture \
    "SELECT p.placement, p.spent, sum(c.cost) AS parts FROM traffic_placements AS p JOIN traffic_costs AS c ON c.placement = p.placement
     WHERE p.starts >= '2023-11-01' GROUP BY p.placement, p.spent HAVING sum(c.cost) <> p.spent"
