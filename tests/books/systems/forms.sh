# System forms in the example books: what forms.c plants, and counts worked out again from the CSV files by the
# sqlite3 shell. Sourced by run.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

# ---- what is planted ----
tells 'always late' security forms 'Łukasz Wójcik' 'Weekly report 12 12 100 %'
tells 'always late' security forms 'hands in “Weekly report” late: 12 of 12 in the last 3 months'
tells 'always late' security person/lukasz-wojcik 'Weekly report: 12 of 12 came late in the last 3 months.'
tells 'always late' security person/tang-yong 'Łukasz Wójcik hands in “Weekly report” late'
says 'always late' security monthly-west 'Łukasz Wójcik'
tells 'nobody hands it in' security forms 'Nobody hands in this form: Competitor sheet.'
tells 'nobody hands it in' security attention 'Nobody hands in “Competitor sheet”: 24 were due in 3 periods' 'Chen Guohua'
tells 'always late' furniture forms '吴小雨' 'Weekly report'
tells 'nobody hands it in' furniture forms 'Nobody hands in this form: Display check at dealers.'
tells 'has stopped' furniture person/deng-kai 'missing Weekly report 5 W44 2026, W43 2026, W42 2026, W41 2026, W40 2026 8 Oct 2026'
tells 'has stopped' furniture attention 'Deng Kai: 5 forms of the last 30 days are missing'
tells 'always late' tobacco forms 'Lü Bin' 'Weekly report 13 13 100 %'
tells 'nobody hands it in' tobacco forms 'Nobody hands in this form: Awareness sheet.'
tells 'has stopped' tobacco forms 'missing Bai Xue Visit log' 'and 13 more 30 Sep 2026'
tells 'has stopped' tobacco attention 'soon Bai Xue: 18 forms of the last 30 days are missing'
for book in security furniture tobacco; do
    finds 'nobody else is late as a rule' "$book" \
        "SELECT count(*) AS n FROM forms_habits WHERE habitual = 1" '1'
    finds 'no other form is left alone' "$book" "SELECT count(*) AS n FROM forms_unused" '1'
    nothing 'who has left is not chased' "$book" \
        "SELECT c.person FROM forms_chase AS c JOIN people AS p ON p.person = c.person WHERE p.left IS NOT NULL"
    nothing 'what is due is on time, late or missing' "$book" \
        "SELECT scope, of, month FROM forms_by_month WHERE forms_due <> forms_on_time + forms_late + forms_missing"
    nothing 'persons together are the company' "$book" \
        "SELECT c.month FROM forms_by_month AS c WHERE c.scope = 'company' AND c.forms_due <>
         (SELECT sum(p.forms_due) FROM forms_by_month AS p WHERE p.scope = 'person' AND p.month = c.month)"
done
tells 'what a form asks' security forms 'Weekly report Help needed text From whom, until when'

# ---- counted from the CSV ----
# Visit logs of October: for each working day and account manager who is still there; those of the 30th
# only where they are there. In time: until 18:00 of the day.
figure 'visit logs of October by person' tobacco \
    "SELECT person, due, on_time, late, missing FROM forms_cells
     WHERE form = 'visits' AND month = '2026-10' ORDER BY person" \
    "WITH asked AS (SELECT p.person, w.day FROM people AS p JOIN workdays AS w ON w.day BETWEEN '2026-10-01' AND '2026-10-30'
                    WHERE p.role = 'account manager' AND p.left = ''),
          came AS (SELECT person, period, min(submitted_at) AS at FROM submissions WHERE form = 'visits' GROUP BY 1, 2),
          both AS (SELECT a.person, a.day, c.at FROM asked AS a
                   LEFT JOIN came AS c ON c.person = a.person AND c.period = a.day
                   WHERE a.day < '2026-10-30' OR c.at IS NOT NULL)
     SELECT person, count(*), sum(coalesce(at <= day || ' 18:00', 0)), sum(coalesce(at > day || ' 18:00', 0)), sum(at IS NULL)
     FROM both GROUP BY person ORDER BY person"
# Weekly reports came in time until Friday 18:00; after the National Day holiday until Thursday 8 October.
figure 'weekly reports due in October' furniture \
    "SELECT sum(due) AS n, sum(on_time) AS m FROM forms_cells WHERE form = 'weekly' AND month = '2026-10'" \
    "WITH due(week, day) AS (VALUES ('2026-W40', '2026-10-08'), ('2026-W41', '2026-10-09'), ('2026-W42', '2026-10-16'),
                                    ('2026-W43', '2026-10-23'), ('2026-W44', '2026-10-30'))
     SELECT count(*), sum(coalesce(s.submitted_at <= d.day || ' 18:00', 0))
     FROM due AS d JOIN people AS p ON p.role IN ('sales', 'export sales', 'regional manager') AND p.left = ''
     LEFT JOIN submissions AS s ON s.form = 'weekly' AND s.person = p.person AND s.period = d.week"
