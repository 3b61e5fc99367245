# Division of the market in security: figures worked out again from the CSV files, sums that must add up, and
# what is planted. Sourced by tests/books/run.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

# Shares of an order: as credits.csv has them, else the person's whole.
own="(SELECT coalesce(k.person, s.person) AS person, s.customer, s.amount * coalesce(k.share, 1) AS amount
      FROM sales AS s LEFT JOIN credits AS k ON k.order_id = s.order_id AND s.order_id <> ''
      WHERE s.date >= '2025-11')"

# ---- figures ----
# Inside: sales to customers whose city and industry the person holds. No territory began or ended since 2025-11.
figure 'sales inside the own territory' security \
    "SELECT person, territory_share AS text FROM market_people WHERE territory_share IS NOT NULL ORDER BY person" \
    "SELECT o.person, round(sum(CASE WHEN EXISTS (SELECT 1 FROM territories AS t WHERE t.person = o.person
                                            AND t.region = c.region AND t.industry = c.industry AND t.ends = '')
                               THEN o.amount ELSE 0 END) / sum(o.amount), 10)
     FROM $own AS o JOIN customers AS c ON c.customer = o.customer GROUP BY o.person ORDER BY o.person"
figure 'sales in the speciality' security \
    "SELECT person, speciality_share AS text FROM market_people WHERE speciality_share IS NOT NULL ORDER BY person" \
    "SELECT o.person, round(sum(CASE WHEN c.industry = p.speciality THEN o.amount ELSE 0 END) / sum(o.amount), 10)
     FROM $own AS o JOIN customers AS c ON c.customer = o.customer JOIN people AS p ON p.person = o.person
     GROUP BY o.person ORDER BY o.person"
figure 'potential and sales of each part' security \
    "SELECT region, industry, potential AS n, revenue_12 AS m FROM market_cells WHERE potential IS NOT NULL
     ORDER BY region, industry" \
    "SELECT p.region, p.industry, p.amount,
            coalesce((SELECT sum(s.amount) FROM sales AS s JOIN customers AS c ON c.customer = s.customer
                      WHERE s.date >= '2025-11' AND c.region = p.region AND c.industry = p.industry), 0)
     FROM potential AS p ORDER BY p.region, p.industry"

# ---- what must add up ----
nothing 'the parts together are all that was sold' security \
    "SELECT c.revenue_12 FROM market_coverage AS c
     WHERE c.scope = 'company' AND c.revenue_12 <> (SELECT sum(r.revenue) FROM revenue_by_month AS r
         WHERE r.scope = 'company' AND r.month > add_months(as_of_month(), -12))"
nothing 'what people sold is what the parts bought' security \
    "SELECT c.revenue_12 FROM market_coverage AS c
     WHERE c.scope = 'company' AND c.revenue_12 <> (SELECT sum(p.revenue_12) FROM market_people AS p)"
nothing 'regions together are the company' security \
    "SELECT c.cells FROM market_coverage AS c JOIN market_coverage AS r ON r.scope = 'region'
     JOIN regions AS g ON g.region = r.of AND g.parent = 'cn'
     WHERE c.scope = 'company' GROUP BY c.cells, c.potential, c.revenue_12
     HAVING sum(r.cells) <> c.cells OR sum(r.potential) <> c.potential OR sum(r.revenue_12) <> c.revenue_12"
nothing 'the division is sound' security "SELECT row FROM market_checks"

# ---- planted ----
tells 'nobody owns it' security market 'Shuangqiao × military 7,400,000 247,850 7,152,150 1 Tang Yong'
tells 'nobody owns it' security attention 'Shuangqiao × military: nobody owns this part of the market; its potential is 7.40 m a year' 'Tang Yong' '7,152,150'
tells 'nobody owns it' security region/west '1 part of the market has no owner, with 7.40 m of potential a year'
tells 'nobody owns it' security region/shuangqiao 'Shuangqiao × military nobody'
says 'nobody owns it' security monthly-company '1 part of the market has no owner, with 7.40 m of potential a year'
says 'nobody owns it' security monthly-west 'Shuangqiao × military'
tells 'two owners' security market 'Baisha × legal Li Wei (North), Sun Lei 1,661,404'
tells 'two owners' security attention 'Baisha × legal: Li Wei (North), Sun Lei own the same part of the market' 'Li Wei'
tells 'two owners' security person/sun-lei 'Baisha × legal Li Wei (North), Sun Lei'
finds 'no other part is without one owner' security \
    "SELECT count(*) AS n FROM market_cells WHERE owner_count <> 1" 2
tells 'sells outside' security market 'Zoë Müller 3 4,678,465 1,525,206 3,153,259 33 %'
tells 'sells outside' security person/zoe-mueller '33 % of the own sales of the last 12 months lay inside the own territory, 3.15 m outside'
tells 'sells outside' security attention 'Zoë Müller: 67 % of the sales of the last 12 months lay outside the own territory'
finds 'nobody else sells more than half outside' security \
    "SELECT person FROM market_people WHERE territory_share < 0.5" zoe.mueller
tells 'not in the speciality' security attention 'Łukasz Wójcik should specialise in public security: 19 % of the sales went there, 42 % to government'
finds 'Lin Na holds what Ma Chao held' security \
    "SELECT DISTINCT person FROM market_owners WHERE cell IN (SELECT cell FROM market_covers WHERE person = 'ma.chao')" lin.na
# Nothing is told of one who has left.
if text_of "$work/one/security/site/everyone/person/ma-chao.html" | grep -q Territory; then
    fail 'books/security: who has left' 'the page of Ma Chao has a part on territories'
else
    pass
fi
