# Observation in security and tobacco: figures worked out again from the CSV files, what is planted, and that nobody but
# managers sees any of it. Sourced by tests/books/run.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

managers=../managers

# observed CASE BOOK QUERY ROWS: salesbook answers managers with exactly these rows.
observed() {
    got=$("$SALESBOOK" sql "input/$2" "$3" --format=csv --audience=managers 2>"$work/err" | tail -n +2 | plain | sed 's/\.000000//g')
    if [ "$got" = "$4" ]; then
        pass
    else
        fail "books/$2: $1" "expected $4, got $got" "salesbook sql input/$2 \"$3\" --format=csv --audience=managers"
        cat "$work/err"
    fi
}

# ---- figures ----
for book in security tobacco; do
    # Days since the latest row that is no team event, of everybody who is here and reports to somebody.
    observed 'days without a talk' "$book" \
        "SELECT person, days_quiet AS n FROM observation_people ORDER BY person" \
        "$(csv "$book" "SELECT p.person, julianday('2026-10-30') - julianday(max(o.date)) FROM people AS p
             JOIN observations AS o ON o.person = p.person AND o.kind <> 'event'
             WHERE p.manager <> '' AND p.left = '' GROUP BY p.person ORDER BY p.person" | sed 's/\.000000//g')"
    observed 'follow-ups open' "$book" \
        "SELECT date, person FROM observation_rows WHERE is_open = 1 AND person_present = 1 ORDER BY date, person" \
        "$(csv "$book" "SELECT o.date, o.person FROM observations AS o JOIN people AS p ON p.person = o.person
             WHERE o.follow_up <> '' AND o.done = '' AND p.left = '' ORDER BY o.date, o.person")"
    # Those of each manager are those of the company.
    observed 'open follow-ups by person are all' "$book" \
        "SELECT n.open_follow_ups AS n FROM observation_now AS n WHERE n.scope = 'company'
         AND n.open_follow_ups <> (SELECT sum(p.open_follow_ups) FROM observation_people AS p)" ''
done

# ---- planted ----
tells 'not talked with' security $managers/observation '罗丹 63 28 Aug 2026' 'Tang Yong'
tells 'not talked with' security $managers/attention '罗丹 was not talked with for 63 days Tang Yong'
tells 'not talked with' security $managers/person/luo-dan 'Last talked with on 28 Aug 2026 by Tang Yong, 63 days ago'
tells 'not talked with' security $managers/region/west '罗丹 has not been talked with for 63 days.'
tells 'not talked with' security $managers/group/control 'Observation 罗丹 has not been talked with for 63 days.'
tells 'not talked with' tobacco $managers/observation 'Lü Bin 65 26 Aug 2026' '孙丽'
observed 'nobody else was not talked with for 30 days' security \
    "SELECT person FROM observation_people WHERE days_quiet >= 30" luo.dan
tells 'a follow-up is open' security $managers/observation '8 Sep 2026 José Núñez visit all three together 52'
tells 'a follow-up is open' security $managers/attention '1 follow-up of an observation is open for 52 days 何军'
tells 'a follow-up is open' tobacco $managers/person/bai-xue 'agree on a goal that can be reached 50 mood has lost heart over the figures'

# ---- nobody else ----
# Every note and follow-up, and the words of the system, in pages, JSON, search and PDF of everybody.
for book in security tobacco; do
    sqlite3 "$work/csv-$book.db" \
        "SELECT DISTINCT note FROM observations UNION SELECT DISTINCT follow_up FROM observations WHERE follow_up <> ''
         UNION VALUES ('Observation'), ('observation'), ('talked with'), ('ollow-up'), ('without a talk'), ('Team event')" \
        >"$work/secrets"
    mkdir -p "$work/papers-$book"
    find "$work/one/$book/output" -name '*.pdf' ! -path '*/private/*' |
        while read -r pdf; do
            pdftotext -layout "$pdf" - | tr -s ' \n\f' ' ' >"$work/papers-$book/$(basename "$pdf").txt"
        done
    find "$work/one/$book/output" -type f ! -name '*.pdf' ! -path '*/private/*' -exec cp {} "$work/papers-$book" \;
    grep -rlF -f "$work/secrets" "$work/one/$book/site/everyone" "$work/papers-$book" >"$work/leaks"
    if [ -s "$work/leaks" ]; then
        fail "books/$book: observation" "everybody finds it in $(tr '\n' ' ' <"$work/leaks")"
    else
        pass
    fi
    # The same search finds it where managers look: it can find.
    grep -rlF -f "$work/secrets" "$work/one/$book/site/managers" >"$work/found"
    for file in observation.html observation.json attention.html data.html words.html; do
        if grep -q "/$file" "$work/found"; then pass; else fail "books/$book: observation" "managers do not find it in $file"; fi
    done
    if [ -f "$work/papers-$book/monthly-company.pdf.txt" ] && [ ! -e "$work/one/$book/site/everyone/observation.html" ]; then
        pass
    else
        fail "books/$book: observation" 'there is no report to look into, or everybody has the page'
    fi
done
