# Mail in the example books: who gets what of each report, and that the ledger has no say in what a report says. Sourced
# by tests/books/run.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

# mailed CASE BOOK REPORT: who gets which pages, a line each, in $work/mailed; the files below $work/mail.
mailed() {
    if "$SALESBOOK" mail "input/$2" --report="$3" --output="$work/mail/$2" >"$work/log" 2>&1; then pass; else
        fail "books/$2: $1" "is not made: $(cat "$work/log")" "salesbook mail input/$2 --report=$3"
    fi
    sed -n 's/^  [a-z ]\{12\}\([^ ]*\)@[^ ]*  *\([^ ]*\).*/\1 \2/p' "$work/log" >"$work/mailed"
}
gets() {
    if [ "$(grep "^$2 " "$work/mailed" | cut -d' ' -f2)" = "$3" ]; then pass; else
        fail "books: $1" "$2 does not get '$3': $(grep "^$2 " "$work/mailed")"
    fi
}

mailed 'the month by mail' security monthly
gets 'the head gets the company' chen.guohua company
gets 'a manager gets the company and the own region' he.jun 'company;south'
gets 'others get their region' luo.dan west
gets 'who left gets nothing' ma.chao ''
if [ "$(wc -l <"$work/mailed")" -eq 13 ]; then pass; else fail books/security "mails the month to $(wc -l <"$work/mailed")"; fi
# The PDF of a message is that of the build.
python3 - "$work/mail/security/private/mail/monthly/luo-dan.eml" "$work/one/security/output/reports/2026-10/monthly-west.pdf" <<'END' || fail books/security 'the PDF of a message is not that of the build'
import email, email.policy, sys
m = email.message_from_bytes(open(sys.argv[1], "rb").read(), policy=email.policy.default)
pdf = [p.get_content() for p in m.walk() if p.get_content_type() == "application/pdf"]
sys.exit(pdf != [open(sys.argv[2], "rb").read()])
END
# What is in the ledger, sent or refused, changes no message: else a report would be due again by being sent.
(cd "$work/mail/security/private/mail/monthly" && sha256sum ./*.eml) >"$work/with.sums"
cp -r input/security "$work/unmailed"
rm "$work/unmailed/sent.csv"
mkdir "$work/security.unmailed"
mv "$work/unmailed" "$work/security.unmailed/security"
"$SALESBOOK" mail "$work/security.unmailed/security" --report=monthly --output="$work/mail/none" >"$work/log" 2>&1 ||
    fail books/security "is not mailed without a ledger: $(cat "$work/log")"
(cd "$work/mail/none/private/mail/monthly" && sha256sum ./*.eml) >"$work/without.sums"
same 'books: messages without a ledger' "$work/with.sums" "$work/without.sums"

mailed 'scorecards by mail' security scorecard
gets 'own scorecard' luo.dan luo.dan
mailed 'the month by mail' furniture monthly
gets 'the head gets the company' zhou.ting company
gets 'a manager gets the own region' fang.min east
gets 'others get nothing' li.wei ''
mailed 'scorecards by mail' tobacco scorecard
gets 'own scorecard' qin.yu qin.yu
mailed 'a daily sheet while there is something to act on' tobacco daily
gets 'leaders get it' gao.jianguo company
