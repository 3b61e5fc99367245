# Organization of security and furniture: figures worked out again from the CSV, what is planted (told in the head of
# staffing.c). Sourced by run after planted.sh.
# shellcheck disable=SC2154

# Here at a day: hired up to it, and not gone by then. Units are teams, positions are roles.
organization_at() {
    echo "SELECT count(*) AS n FROM people WHERE hired <= '$1' AND (\"left\" = '' OR \"left\" > '$1')"
}
for book in security furniture; do
    day=$(csv "$book" 'SELECT day FROM asof')
    figure 'headcount by unit and position' "$book" \
        "SELECT unit, position, actual AS n FROM organization_headcount WHERE month = '2026-10' AND actual > 0 ORDER BY unit, position" \
        "SELECT team, role, count(*) FROM people WHERE hired <= '$day' AND (\"left\" = '' OR \"left\" > '$day')
         GROUP BY team, role ORDER BY team, role"
    figure 'headcount at the end of June' "$book" \
        "SELECT actual AS n FROM organization_months WHERE scope = 'company' AND month = '2026-06'" \
        "$(organization_at 2026-06-30)"
    figure 'planned people' "$book" \
        "SELECT planned AS n FROM organization_months WHERE scope = 'company' AND month = '2026-10'" \
        "SELECT sum(planned) FROM positions WHERE starts <= '$day' AND (ends = '' OR ends >= '$day')"
    # Left in November 2025 to October 2026 ÷ mean of the headcounts at 13 month ends, October's at the last day known.
    figure 'turnover' "$book" \
        "SELECT gone AS n, turnover AS rate_text FROM organization_turnover WHERE scope = 'company'" \
        "WITH RECURSIVE ends(first) AS (SELECT '2025-10-01' UNION ALL SELECT date(first, '+1 month') FROM ends WHERE first < '2026-10-01'),
         days AS (SELECT min(date(first, '+1 month', '-1 day'), '$day') AS day FROM ends),
         heads AS (SELECT (SELECT count(*) FROM people WHERE hired <= day AND (\"left\" = '' OR \"left\" > day)) AS n FROM days),
         gone AS (SELECT count(*) AS n FROM people WHERE \"left\" BETWEEN '2025-11-01' AND '$day')
         SELECT gone.n, gone.n / (SELECT avg(n) FROM heads) FROM gone"
    nothing 'a contradiction in positions and duties' "$book" "SELECT row FROM organization_checks"
    nothing 'a duty without exactly one who answers' "$book" \
        "SELECT duty FROM organization_duties WHERE accountable IS NULL OR accountable LIKE '%,%'"
    nothing 'headcounts by position make those of the company' "$book" \
        "SELECT m.month FROM organization_months AS m WHERE m.scope = 'company'
         AND m.actual <> (SELECT sum(h.actual) FROM organization_headcount AS h WHERE h.month = m.month)"
    nothing 'who is here and not in the chart' "$book" \
        "SELECT o.person FROM acting_owners AS o WHERE o.present AND o.person NOT IN (SELECT c.person FROM organization_chart AS c)"
    tells 'the duty matrix' "$book" organization 'Targets of the year head regional manager'
done

tells 'vacant for more than 90 days' security attention 'West group: position sales vacant for 151 days' 'Tang Yong' '31 Aug 2026'
tells 'vacant for more than 90 days' furniture attention 'Hunan: position sales vacant for 214 days' 'Peng Xue' '30 Jun 2026'
finds 'a younger one is no exception' furniture \
    "SELECT unit, since, (SELECT count(*) FROM organization_exceptions) AS n FROM organization_vacancies ORDER BY since" \
    "Hunan,2026-03-31,1
Shaanxi,2026-09-01,1"
says 'vacancies in the monthly report' furniture monthly-company 'Shaanxi sales 3 2 1 Sep 2026 60'
tells 'duties of a person' security person/sun-lei 'Offers and prices does it'
