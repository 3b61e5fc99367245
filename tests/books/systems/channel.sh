# The channel of the furniture maker: figures worked out again from the CSV, what must add up, what is
# planted (see tests/books/channel.c). Sourced by tests/books/run.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

# The contract that holds on the as-of date is the last one that has begun, if it has not ended.
holds="(SELECT d.* FROM dealers AS d, asof
        WHERE d.since = (SELECT max(o.since) FROM dealers AS o WHERE o.dealer = d.dealer AND o.since <= asof.day)
          AND (d.until = '' OR d.until >= asof.day))"
figure 'share of exclusive sales by month' furniture \
    "SELECT month, revenue, exclusive_revenue AS amount FROM channel_shares WHERE scope = 'company' ORDER BY month" \
    "SELECT month, sum(fen) / 100.0, sum((channel = 'exclusive') * fen) / 100.0 FROM lines GROUP BY month ORDER BY month"
figure 'dealers and shops by level' furniture \
    "SELECT d.dealer_level AS text, count(*) AS n, sum(d.exclusive) AS e, sum(d.shops) AS s FROM channel_dealers AS d
     WHERE d.active = 1 GROUP BY d.seq ORDER BY lower(d.dealer_level)" \
    "SELECT upper(substr(level, 1, 1)) || substr(level, 2), count(*), sum(exclusive = 'yes'), sum(shops) FROM $holds GROUP BY level ORDER BY level"
# Revenue of November 2025 to October 2026 of the dealers' customers ÷ their shops.
figure 'sales per shop' furniture \
    "SELECT CAST(round(sales_per_shop / 100.0) AS INTEGER) AS n FROM channel_sums WHERE scope = 'company'" \
    "SELECT CAST(round((SELECT sum(fen) FROM lines WHERE month >= '2025-11' AND customer IN (SELECT customer FROM $holds)) / 100.0
                       / (SELECT sum(shops) FROM $holds)) AS INTEGER)"
nothing 'dealers of a month, joined and left make those of the next' furniture \
    "SELECT a.month FROM channel_movement AS a JOIN channel_movement AS b ON b.month = add_months(a.month, 1)
     WHERE b.dealers_opening <> a.dealers_closing"
nothing 'the movement ends at the mix' furniture \
    "SELECT m.month FROM channel_movement AS m JOIN (SELECT month, sum(dealers) AS dealers FROM channel_mix GROUP BY month) AS x
       ON x.month = m.month WHERE x.dealers <> m.dealers_closing"
nothing 'exclusive sales of the regions are those of the company' furniture \
    "SELECT c.month FROM channel_by_month AS c JOIN channel_by_month AS r ON r.month = c.month AND r.scope = 'region' AND r.of IN ('cn', 'export')
     WHERE c.scope = 'company' GROUP BY c.month, c.exclusive_revenue HAVING sum(r.exclusive_revenue) <> c.exclusive_revenue"
nothing 'no more than ten points' furniture "SELECT count(*) AS n FROM channel_exceptions HAVING count(*) > 10"
nothing 'points of people who have left' furniture \
    "SELECT e.id FROM channel_exceptions AS e JOIN people AS p ON p.person = e.owner WHERE p.left <= as_of()"

# ---- planted ----
finds 'sells bulk as exclusive' furniture "SELECT customer, dealer_level AS text FROM channel_false" F0016,Bulk
tells 'sells bulk as exclusive' furniture attention 'Kangle Home, Changsha: sold 452 k as exclusive in 12 months without an exclusive contract' 'Deng Kai'
tells 'sells bulk as exclusive' furniture channel 'Kangle Home, Changsha Deng Kai Bulk sold as exclusive, contract is not' '452,004'
tells 'sells bulk as exclusive' furniture dealer/dl013 '452 k were sold as exclusive in 12 months, though the contract is not.'
says 'sells bulk as exclusive' furniture monthly-company 'Kangle Home, Changsha has a bulk contract and sold 452 k as exclusive'
finds 'ends in 20 days' furniture \
    "SELECT customer, days_left AS n, contract_until FROM channel_endings WHERE days_left <= 30" 'F0005,20,2026-11-20'
tells 'ends in 20 days' furniture attention 'Zhiyuan Home Mall, Nanjing: the contract ends on 20 Nov 2026, and none follows' '1,146,188'
tells 'ends in 20 days' furniture dealer/dl004 'The contract ends on 20 Nov 2026, in 20 days.'
tells 'ends in 20 days' furniture person/gu-ming 'The contract of Zhiyuan Home Mall, Nanjing ends in 20 days, and none follows: 1.15 m a year.'
says 'ends in 20 days' furniture monthly-east 'The contract of Zhiyuan Home Mall, Nanjing ends in 20 days'
tells 'a rich province without a dealer' furniture attention 'Shandong, number 3 by gross product, has no dealer'
tells 'a rich province without a dealer' furniture channel '2 provinces of 10 have no dealer: Shandong, Hebei.'
tells 'a rich province without a dealer' furniture region/shandong 'There is no dealer here.'
tells 'rose to provincial agent' furniture channel 'Meilun Furniture, Ningbo City Provincial 1 Sep 2026'
tells 'the reform' furniture index "43.5 % of this year's sales are exclusive, after 34.4 % in the same period of last year."
tells 'the reform' furniture channel '47.0 %'
tells 'the contract on the page of a customer' furniture customer/f0074 'Dealer of level provincial since'

# ---- the sums under the months are what the sentence says ----
tells 'twelve months' furniture channel 'In 12 months 28 dealers joined and 1 ended; 13 rose and 1 fell.'
tells 'twelve months' furniture channel 'Total 28 1 13 1'
tells 'the month and the year are told apart' furniture channel 'Exclusive sales of the month'
