# Promotions of the furniture maker: sums and baselines worked out again from the CSV, and what promotion.c plants.
# Sourced by run, after figures.sh and planted.sh.
# Sales of a promotion: lines of its region and what lies in it, of its product's line, on its days so far. Baseline of
# the same weekdays: each day of the promotion takes the mean of its weekday over the 56 days before the start. Last
# year: the same days 364 days earlier × the 56 days before the start ÷ those 364 days earlier.
promoted="WITH p AS (SELECT p.promotion, p.starts, min(p.ends, asof.day) AS ends, p.region, p.product, g.line
                     FROM promotions AS p, asof LEFT JOIN products AS g ON g.product = p.product
                     WHERE p.starts <= asof.day AND p.starts >= '2024-12-01'),
               s AS (SELECT p.promotion, l.date, l.fen FROM p JOIN lines AS l JOIN products AS g ON g.product = l.product
                     WHERE (p.product = '' OR g.line = p.line)
                       AND (p.region = '' OR l.region IN (SELECT i.region FROM inside AS i WHERE i.outer = p.region)))"
figure 'sales of promotions' furniture \
    "SELECT promotion, sales FROM promotion_results WHERE sales IS NOT NULL ORDER BY promotion" \
    "$promoted SELECT p.promotion, sum(s.fen) / 100.0 FROM p JOIN s ON s.promotion = p.promotion
               WHERE s.date BETWEEN p.starts AND p.ends GROUP BY p.promotion ORDER BY p.promotion"
figure 'the same weekdays before' furniture \
    "SELECT promotion, round(ratio(baseline_before, 100), 2) AS yuan FROM promotion_results WHERE baseline IS NOT NULL ORDER BY promotion" \
    "$promoted, d AS (SELECT promotion, starts AS day, starts, ends FROM p
                      UNION ALL SELECT promotion, date(day, '+1 day'), starts, ends FROM d WHERE day < ends)
     SELECT d.promotion, round(round(sum(s.fen) / 8.0) / 100, 2) FROM d JOIN s ON s.promotion = d.promotion
       AND s.date < d.starts AND s.date >= date(d.starts, '-56 days') AND strftime('%w', s.date) = strftime('%w', d.day)
     GROUP BY d.promotion ORDER BY d.promotion"
figure 'last year without growth' furniture \
    "SELECT promotion, round(ratio(baseline_year, 100), 2) AS yuan FROM promotion_results WHERE baseline_year IS NOT NULL ORDER BY promotion" \
    "$promoted, sums AS (
         SELECT p.promotion, sum((s.date BETWEEN date(p.starts, '-364 days') AND date(p.ends, '-364 days')) * s.fen) AS year,
                sum((s.date BETWEEN date(p.starts, '-56 days') AND date(p.starts, '-1 day')) * s.fen) AS now,
                sum((s.date BETWEEN date(p.starts, '-420 days') AND date(p.starts, '-365 days')) * s.fen) AS ago
         FROM p JOIN s ON s.promotion = p.promotion WHERE p.starts >= date('2024-10-01', '+420 days') GROUP BY p.promotion)
     SELECT promotion, round(round(1.0 * year * now / ago) / 100, 2) FROM sums ORDER BY promotion"
figure 'budget and cost of a year' furniture \
    "SELECT promotions_over AS n, budget, spent FROM promotion_year WHERE scope = 'company'" \
    "SELECT count(*), sum(budget), sum(spent) FROM promotions WHERE ends BETWEEN '2025-11-01' AND '2026-10-31'"
figure 'material' furniture \
    "SELECT material, sum(planned) AS a, sum(displayed) AS b FROM promotion_materials GROUP BY material ORDER BY material" \
    "SELECT material, sum(planned), sum(displayed) FROM materials GROUP BY material ORDER BY material"
# The only two at one place on the same days, sofas of Zhejiang from 13 to 22 September: of what was sold there each has as much
# as it spends on each yuan that it sold.
figure 'what is sold under two promotions' furniture \
    "SELECT promotion, common_sales, promotion_share FROM promotion_shares ORDER BY promotion" \
    "$promoted, rates AS (
         SELECT p.promotion, sum(s.fen) AS fen, 1.0 * q.spent / sum(s.fen) AS rate
         FROM p JOIN s ON s.promotion = p.promotion AND s.date BETWEEN p.starts AND p.ends
                JOIN promotions AS q ON q.promotion = p.promotion
         WHERE p.promotion IN ('sofa-26', 'zj-26') GROUP BY p.promotion),
     common AS (SELECT sum(l.fen) AS fen FROM lines AS l JOIN products AS g ON g.product = l.product
                JOIN inside AS i ON i.region = l.region AND i.outer = 'zhejiang'
                WHERE g.line = 'Sofas' AND l.date BETWEEN '2026-09-13' AND '2026-09-22')
     SELECT r.promotion, c.fen / 100.0, 1 - c.fen * (1 - r.rate / (SELECT sum(rate) FROM rates)) / r.fen
     FROM rates AS r JOIN common AS c ORDER BY r.promotion"
nothing 'more than a few points' furniture "SELECT count(*) AS n FROM promotion_exceptions HAVING count(*) > 11"
nothing 'weeks make the days' furniture \
    "SELECT r.promotion FROM promotion_results AS r JOIN promotion_weeks AS w ON w.promotion = r.promotion AND w.week IN (0, 1)
     WHERE r.days = 14 GROUP BY r.promotion, r.sales HAVING sum(w.amount) <> r.sales"

# ---- what is planted ----
tells 'only moved sales forward' furniture promotion 'Shop festival, Zhejiang only moved sales forward: +175 k over the baseline in its days, −342 k in the weeks after.'
tells 'only moved sales forward' furniture attention 'Shop festival, Zhejiang only moved sales forward: +175 k in its days, −342 k after' 'Fang Min 79,000'
tells 'only moved sales forward' furniture region/zhejiang 'Shop festival, Zhejiang' 'moved sales forward'
says 'only moved sales forward' furniture monthly-company 'Shop festival, Zhejiang only moved sales forward'
tells 'each of two tells of the other' furniture promotion 'Shop festival, Zhejiang Sofas for National Day 13 Sep 2026 10 218,501 81 %'
tells 'each of two tells of the other' furniture promotion 'Sofas for National Day Shop festival, Zhejiang 13 Sep 2026 10 218,501 94 %'
tells 'over budget with little return' furniture promotion 'Sofas for National Day went 37 % over budget, to 246 k, and brought 54.7 k of extra revenue.'
tells 'over budget with little return' furniture attention 'Sofas for National Day: 37 % over budget, 54.7 k extra revenue for 246 k spent' 'Zhou Ting 191,329'
tells 'a clear uplift' furniture promotion 'Good nights, West has the clearest uplift: 406 k sold, 144 k would have been without it.'
finds 'a clear uplift without a dip' furniture \
    "SELECT verdict, CASE WHEN after_change >= 0 THEN 1 ELSE 0 END AS n FROM promotion_results WHERE promotion = 'bed-26'" clear,1
finds 'nothing else moved sales' furniture "SELECT promotion FROM promotion_results WHERE verdict = 'moved'" zj-26
tells 'material not displayed' furniture attention 'Double Eleven 2026: 8 of 120 planned pieces are displayed (display stand)'
tells 'material not displayed' furniture promotion 'Double Eleven 2026 display stand 120 120 96 8 6.7 %'
finds 'nothing is known of the weeks before' furniture \
    "SELECT count(*) AS n FROM promotion_results WHERE promotion = 'd11-24' AND uplift IS NULL" 1
tells 'on the page of a product' furniture product/so-07 'Sofas for National Day'
