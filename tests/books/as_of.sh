# Reports of earlier days, made today: they are, byte for byte, those that the book would have given on that
# day. One day ends a month, one lies within. A month's report stands in its month's folder from the first
# day on, and before the first fact there is one too. Sourced by run.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

# as_of DAY BOOK INTO
as_of() {
    "$SALESBOOK" build "$2" --as-of="$1" --site="$work/$3/site" --output="$work/$3/output" >"$work/log" 2>&1 </dev/null ||
        fail "$2" "does not build as of $1: $(cat "$work/log")"
}
reports_of() {
    (cd "$work/$1/output/reports" && find . -name '*.pdf' | sort | xargs sha256sum)
}

for book in security furniture tobacco; do
    for day in 2026-09-30 2026-08-14; do
        python3 tests/books/cut.py "input/$book" "$work/then/$day/$book" "$day"
        as_of "$day" "input/$book" "now-$day/$book"
        as_of "$day" "$work/then/$day/$book" "then-$day/$book"
        reports_of "then-$day/$book" >"$work/then.sums"
        reports_of "now-$day/$book" >"$work/now.sums"
        same "books/$book: reports as of $day, then and now" "$work/then.sums" "$work/now.sums"
        if [ "$(grep -c '\./'"${day%-*}"'/monthly-' "$work/now.sums")" -ge 5 ]; then
            pass
        else
            fail "books/$book" "no reports of ${day%-*}: $(cat "$work/now.sums")"
        fi
    done
done
for day in 2026-10-01 2024-01-01; do
    as_of "$day" input/security "first-$day"
    found=$(cd "$work/first-$day/output/reports" && echo */monthly-company.pdf)
    if [ "$found" = "${day%-*}/monthly-company.pdf" ]; then
        pass
    else
        fail "books/security as of $day" "the company's report stands at $found"
    fi
done
