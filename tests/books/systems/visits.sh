# Visits in the example books: counted again from the CSV, agreement with results.csv, and what is planted.
# Sourced by run, after figures.sh and planted.sh.
for book in security furniture tobacco; do
    figure 'visits and calls by person and month' "$book" \
        "SELECT of, month, visits AS n, calls AS c FROM visits_by_month WHERE scope = 'person' ORDER BY of, month" \
        "SELECT person, substr(date, 1, 7) AS month, sum(kind <> 'phone'), sum(kind = 'phone') FROM visits
         GROUP BY person, month ORDER BY person, month"
    # In time: last visit, calls apart, no longer ago than the tier's days; customers won since then and lost ones do not count.
    figure 'customers visited in time, by tier' "$book" \
        "SELECT tier, cadence_customers AS n, visited_in_time AS i, never_visited AS never FROM visits_tiers
         WHERE scope = 'company' ORDER BY tier" \
        "WITH last AS (SELECT customer, max(date) AS date FROM visits WHERE kind <> 'phone' GROUP BY customer),
              known AS (SELECT c.tier, julianday(a.day) - julianday(l.date) AS days, d.days AS wanted,
                               c.since <> '' AND julianday(a.day) - julianday(c.since) < CAST(d.days AS INTEGER) AS new
                        FROM customers AS c JOIN asof AS a JOIN cadence AS d ON d.tier = c.tier
                        LEFT JOIN last AS l ON l.customer = c.customer WHERE c.status <> 'lost')
         SELECT tier, sum(days IS NOT NULL OR NOT new), sum(days <= CAST(wanted AS INTEGER)), sum(days IS NULL AND NOT new)
         FROM known GROUP BY tier ORDER BY tier"
    # Overdue: the latest contact of a customer noted a day that is gone.
    figure 'next steps overdue' "$book" \
        "SELECT customer, next_date, late_days AS n FROM visits_steps WHERE late_days > 0 ORDER BY customer" \
        "WITH last AS (SELECT customer, next_date, row_number() OVER (PARTITION BY customer ORDER BY date DESC, rowid DESC) AS nth
                       FROM visits)
         SELECT l.customer, l.next_date, julianday(a.day) - julianday(l.next_date) FROM last AS l JOIN asof AS a
         JOIN customers AS c ON c.customer = l.customer AND c.status <> 'lost'
         WHERE l.nth = 1 AND l.next_date <> '' AND l.next_date < a.day ORDER BY l.customer"
    nothing 'nothing contradicts' "$book" "SELECT text FROM visits_checks"
    nothing 'the persons make the company' "$book" \
        "SELECT c.month FROM visits_by_month AS c JOIN visits_by_month AS p ON p.scope = 'person' AND p.month = c.month
         WHERE c.scope = 'company' GROUP BY c.month, c.visits HAVING sum(p.visits) <> c.visits"
    nothing 'no more than twelve points' "$book" "SELECT count(*) AS n FROM visits_exceptions HAVING count(*) > 12"
    nothing 'points of people who have left' "$book" \
        "SELECT e.id FROM visits_exceptions AS e JOIN people AS p ON p.person = e.owner WHERE p.left <= as_of()"
done
for book in security tobacco; do
    figure 'as many as the management counts' "$book" \
        "SELECT of, month, visits AS n FROM visits_by_month
         WHERE scope = 'person' AND month >= '2026-05' AND visits > 0 ORDER BY of, month" \
        "SELECT person, month, value FROM results WHERE kind = 'visits' AND month >= '2026-05' ORDER BY person, month"
done

# ---- what is planted ----
tells 'as many visits as planned, and none to tier A' security visits 'José Núñez 26 24 108 %'
tells 'as many visits as planned, and none to tier A' security attention '2 customers of tier A not visited for long, Liuhe Public Security Bureau for 79 days'
tells 'those who came by tenders' security visits 'Dongtan Tax Office B tender Li Wei'
finds 'only those who came by tenders' security "SELECT source, count(*) AS n FROM visits_unvisited GROUP BY source" 'tender,3'
tells 'next steps gone by' security attention '2 next steps overdue, the oldest since 16 Oct 2026' 'Łukasz Wójcik'
tells 'a manager who stays at home' security attention 'No visit together with 2 of 2 people since Aug 2026 Tang Yong'
tells 'who calls and is not visited' security visits 'Liuhe "Safe City" Office C José Núñez 5 8 Sep 2026'
tells 'the visits of a deal' security deal/d-088 'Last visits and calls'
tells 'the visits of a customer' security customer/c0001 'wanted every 7 days'
says 'visits in the report' security monthly-company '251 visits in Oct 2026, 98 % of plan'
says 'visits in the report of a region' security monthly-south 'Liuhe "Safe City" Office came or called 5 times'
tells 'visits fall' furniture attention '3 visits in Oct 2026, usual are 12 a month Deng Kai'
tells 'abroad they are only called' furniture visits 'Katarzyna Żak 19 7 0 12'
tells 'next steps gone by' furniture attention '6 next steps overdue' 'Luo Min'
finds 'visits count for furniture, though results.csv is not there' furniture \
    "SELECT value AS n FROM measures WHERE person = 'deng.kai' AND month = '2026-10' AND measure = 'visits'" 3
tells 'tier D is left out' tobacco person/li-wei 'D – – 90'
finds 'tier D is left out by one person' tobacco \
    "SELECT of, never_visited AS n FROM visits_tiers WHERE scope = 'person' AND tier = 'D' AND never_visited > 5" 'li.wei,42'
tells 'never accompanied' tobacco attention 'No visit together with 何思远 since Aug 2026 孙丽'
tells 'next steps gone by' tobacco attention '20 next steps overdue' 'Du Peng'

# ---- names, not keys; which of two namesakes ----
tells 'who was there too' security deal/d-027 '14 Nov 2025' 'joint Xu Hong a competitor was there before'
tells 'which of the two' security visits 'Sun Lei Li Wei (North) 71'
