#!/bin/sh
# Mails a report of each book, `mail.sh [REPORT [BOOK…]]`: monthly unless another is named, as of the last day of the month
# before. What went to whom stands in the ledger, and nothing goes twice: if some of it failed, run this again.
#   SALESBOOK_AS_OF      another day
#   SALESBOOK_LEDGER     a folder that outlives the run: ledgers lie there, BOOK.csv. Unset: input/BOOK/sent.csv, which is
#                        committed and pushed here, to the branch that SALESBOOK_BRANCH names (main)
#   SALESBOOK_SMTP, SALESBOOK_SMTP_USER, SALESBOOK_SMTP_PASSWORD   as salesbook(1) says
set -eu
program=${SALESBOOK:-salesbook}
report=${1:-monthly}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- input/*/
as_of=${SALESBOOK_AS_OF:-$(date -d "$(date +%Y-%m-01) -1 day" +%Y-%m-%d)}
status=0
for book; do
    book=${book%/}
    if [ "${SALESBOOK_LEDGER:-}" ]; then
        ledger=$SALESBOOK_LEDGER/${book##*/}.csv
        [ -f "$ledger" ] || echo "$book: begin its ledger, $ledger" >&2
    else
        ledger=$book/sent.csv
    fi
    # A book without a ledger gets no mail.
    [ -f "$ledger" ] || continue
    "$program" mail "$book" --report="$report" --as-of="$as_of" --ledger="$ledger" --send || status=$?
done
[ -z "${SALESBOOK_LEDGER:-}" ] || exit "$status"

# What was sent is kept even where something failed.
git add -- input/*/sent.csv 2>/dev/null || true
if ! git diff --cached --quiet; then
    git -c user.name=salesbook -c user.email=salesbook@localhost commit --quiet --message "$report mailed, as of $as_of"
    branch=${SALESBOOK_BRANCH:-main} tries=0
    until git push --quiet origin "HEAD:refs/heads/$branch"; do
        tries=$((tries + 1))
        [ "$tries" -lt 5 ] || exit 3
        git pull --quiet --rebase origin "$branch"
    done
fi
exit "$status"
