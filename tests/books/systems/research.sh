# Research in furniture and tobacco: figures worked out again from the CSV, what is planted. Sourced by run, after
# figures.sh and planted.sh.
for book in furniture tobacco; do
    # The latest price of the last six months of each pair; geometric mean of price ÷ list price.
    figure 'competitor price index' "$book" \
        "SELECT competitor, n, price_index AS text FROM research_index WHERE month = '2026-10' ORDER BY competitor" \
        "WITH k AS (SELECT product, competitor, price, max(date) FROM competitor_prices WHERE date >= '2026-05-01' GROUP BY 1, 2)
         SELECT k.competitor, count(*), 100 * exp(avg(ln(1.0 * k.price / p.list_price))) FROM k JOIN products AS p ON p.product = k.product
         GROUP BY k.competitor ORDER BY k.competitor"
    figure 'suggestions by state' "$book" \
        "SELECT state, count(*) AS n, max(days) AS d FROM research_suggestions GROUP BY state ORDER BY state" \
        "SELECT state, count(*), max(julianday(asof.day) - julianday(date)) FROM market_notes, asof
         WHERE kind = 'product suggestion' GROUP BY state ORDER BY state"
    finds 'one suggestion waits for 90 days' "$book" \
        "SELECT count(*) AS n FROM research_suggestions WHERE state = 'open' AND days >= 90" 1
    nothing 'prices that stay are not told' "$book" \
        "SELECT competitor FROM research_cuts WHERE competitor <> 'Senlin Home'"
done

# ---- what is planted ----
tells 'a competitor who cut prices' furniture research 'Senlin Home cut all of 15 prices seen in Oct 2026: −9.3 % on the month before.'
tells 'a competitor who cut prices' furniture attention 'Senlin Home cut prices in Oct 2026: −9.3 % over 15 products' 'Zhou Ting'
says 'a competitor who cut prices' furniture monthly-company 'Senlin Home cut all of 15 prices seen in Oct 2026'
nothing 'not yet in September' furniture "SELECT competitor FROM research_cuts WHERE month <> '2026-10'"
tells 'a suggestion open for over 90 days' furniture attention 'Suggestion open for 109 days: sizes, a two-seat sofa of 140 cm for small flats'
tells 'a suggestion open for over 90 days' furniture product/so-01 '14 Jul 2026 product suggestion a two-seat sofa of 140 cm for small flats open Li Wei'
tells 'a suggestion open for over 90 days' furniture person/li-wei 'for 90 days or more'
tells 'a suggestion open for over 90 days' tobacco attention 'Suggestion open for 100 days: supply, agree Haitang for two months at once'
