# System appraisal in the example books: what appraisal.c plants, and the score and the pay of a person to the
# cent. Sourced by run.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

# as_manager CASE BOOK QUERY-OF-OURS ROWS: what managers are told.
as_manager() {
    got=$("$SALESBOOK" sql "input/$2" "$3" --format=csv --audience=managers 2>"$work/err" | tail -n +2 | plain | sed 's/\.000000//g')
    if [ "$got" = "$4" ]; then
        pass
    else
        fail "books/$2: $1" "expected $4, got $got" "salesbook sql input/$2 \"$3\" --format=csv --audience=managers"
        cat "$work/err"
    fi
}

# states CASE BOOK FILE WORDS: a private report holds them, over line ends.
states() {
    pdf=$work/one/$2/output/private/2026-10/$3.pdf
    if pdftotext -layout "$pdf" - 2>/dev/null | tr -s ' \n\f' ' ' | grep -q -F -e "$4"; then
        pass
    else
        fail "books/$2: $1" "${pdf#"$work/one/"} does not say: $4"
    fi
}

# ---- the best and the worst ----
tells 'the best and the worst score' security appraisal 'Sun Lei leads with 147.3' '罗丹 is last with 28.0'
tells 'the best and the worst score' furniture appraisal 'Li Wei (East China) leads with 127.4' 'Yi Shan is last with 6.6'
tells 'the best and the worst score' tobacco appraisal 'Qin Yu leads with 139.4' 'Li Wei (Baisha Town) is last with 74.5'
says 'the score in the monthly report' security monthly-company 'Sun Lei leads with 147.3'
tells 'two months below 60' furniture attention 'Yi Shan: 6.6 of 100 points in Oct 2026, 36.3 the month before'
nothing 'nobody who has left is told of' security "SELECT e.id, e.key FROM exceptions AS e JOIN people AS p ON p.person = e.key
     WHERE e.system = 'appraisal' AND p.left <= '2026-10-30'"

# ---- the person's own scorecard, in words; the row of a region ----
tells 'each point is explained' security person/sun-lei 'Attainment 196.4 %' '50 × (120.0 % − 70.0 %) ÷ (100.0 % − 70.0 %) = 83.3; from the cap on no more'
tells 'the west has its own row of visits' security person/luo-dan '20 × (22 − 8) ÷ (18 − 8) = 28.0; from the cap on no more; as for West'
tells 'the hills have their own row of visits' tobacco person/cui-ying 'as for Heshan'
tells 'less is better' security person/he-jun '10 × (1 − 2) ÷ (0 − 2) = 5.0'
# 391,408 ÷ 495,000 = 79.07 %: 50 × 9.07 ÷ 30 = 15.12, with 79.1 % it were 15.17 and not what stands there.
tells 'a formula gives its points' security person/guo-jing '50 × (79.07 % − 70.0 %) ÷ (100.0 % − 70.0 %) = 15.1'

# October's score of Sun Lei from the CSV. Attainment: own parts of order lines ÷ target, at most 1.20;
# value won: deals won in the month, of D-104 the share of 0.85; new deals: opened in the month.
figure 'the score of October' security \
    "SELECT round(card_score, 4) AS score FROM appraisal_totals WHERE person = 'sun.lei' AND month = '2026-10'" \
    "WITH reached AS (
         SELECT (SELECT sum(fen) / 100.0 FROM parts WHERE person = 'sun.lei' AND month = '2026-10')
                / (SELECT amount FROM targets WHERE period = '2026-10' AND of = 'sun.lei' AND kind = 'revenue') AS attainment,
                (SELECT sum(d.amount * coalesce(c.share, d.person = 'sun.lei'))
                 FROM deals AS d LEFT JOIN credits AS c ON c.deal = d.deal AND c.person = 'sun.lei'
                 WHERE d.state = 'won' AND d.closed LIKE '2026-10-%'
                   AND (c.person IS NOT NULL
                        OR (d.person = 'sun.lei' AND d.deal NOT IN (SELECT deal FROM credits)))) AS won,
                (SELECT CAST(value AS INTEGER) FROM results WHERE month = '2026-10' AND person = 'sun.lei' AND kind = 'visits') AS visits,
                (SELECT count(*) FROM deals WHERE person = 'sun.lei' AND opened LIKE '2026-10-%') AS opened
     )
     SELECT round(max(0, 50 * (min(attainment, 1.2) - 0.7) / 0.3) + 20 * min(won, 300000) / 150000.0
                  + max(0, 20 * (min(visits, 26) - 12) / 10.0) + 10 * min(opened, 2), 4)
     FROM reached"

# New customers count since July; before, attainment alone gave 100 points.
tells 'what changed in a scorecard' furniture appraisal 'Jul 2026' '100 points from 70.0 % to 100.0 %, cap 120.0 %'
figure 'the score of June, by what held then' furniture \
    "SELECT round(card_score, 4) AS score FROM appraisal_totals WHERE person = 'li.wei' AND month = '2026-06'" \
    "SELECT round(100 * (min((SELECT sum(amount) FROM sales WHERE person = 'li.wei' AND date LIKE '2026-06-%')
                             / (SELECT amount FROM targets WHERE period = '2026-06' AND of = 'li.wei' AND kind = 'revenue'), 1.2)
                         - 0.7) / 0.3, 4)"
figure 'the score of October, by what holds now' furniture \
    "SELECT round(card_score, 4) AS score FROM appraisal_totals WHERE person = 'li.wei' AND month = '2026-10'" \
    "SELECT round(80 * (min((SELECT sum(amount) FROM sales WHERE person = 'li.wei' AND date LIKE '2026-10-%')
                            / (SELECT amount FROM targets WHERE period = '2026-10' AND of = 'li.wei' AND kind = 'revenue'), 1.2)
                        - 0.7) / 0.3, 4)"

# ---- pay: for managers alone ----
# Statement of Guo Jing: 15 % of order S26-00560 and the own lines; 2 % on Services, else 1 % below 400,000;
# bonus of 6,000 × score ÷ 100; base of 13,400 was paid.
worked_out=$(csv security "WITH own AS (
         SELECT s.order_id, p.line, CAST(round(s.amount * 100 * coalesce(c.share, 1)) AS INTEGER) AS fen
         FROM sales AS s JOIN products AS p ON p.product = s.product
         LEFT JOIN credits AS c ON c.order_id = s.order_id AND c.person = 'guo.jing'
         WHERE s.date LIKE '2026-10-%'
           AND (c.person IS NOT NULL OR (s.person = 'guo.jing' AND s.order_id NOT IN (SELECT order_id FROM credits)))
     ),
     rates AS (SELECT CASE WHEN line = 'Services' THEN 200 WHEN (SELECT sum(fen) FROM own) >= 40000000 THEN 125 ELSE 100 END AS per, fen FROM own)
     SELECT sum(round(fen * per / 10000.0)) / 100 FROM rates")
if [ "$worked_out" = 4366.880000 ]; then pass; else fail 'books/security: commission of Guo Jing' "is $worked_out by the CSV"; fi
as_manager 'the statement of Guo Jing' security \
    "SELECT base_pay, bonus, commission, earned, paid_before, to_pay FROM appraisal_statements WHERE person = 'guo.jing'" \
    '13400,3739.230000,4366.880000,21506.110000,13400,8106.110000'
states 'the statement of Guo Jing' security pay-guo-jing 'Due: 8,106.11'
# 6,000.00 × 62.320539 ÷ 100 = 3,739.23; 6,000.00 × 62.3 ÷ 100 were 3,738.00.
states 'the bonus can be reckoned again' security pay-guo-jing 'Bonus 3,739.23 6,000.00 × score 62.320539 ÷ 100'
states 'a shared order in two statements' security pay-guo-jing 'S26-00560 Linhe Garrison Tieguan Firewall L 693,000.00 15 % 103,950.00 1.00 % 1,039.50'
states 'a shared order in two statements' security pay-sun-lei 'S26-00560 Linhe Garrison Tieguan Firewall L 693,000.00 85 % 589,050.00 1.25 % 7,363.13'
states 'what comes back is taken back' security pay-sun-lei 'S26-00522 Xijiao Data Bureau Tieguan Firewall L −233,750.00 100 % −233,750.00 1.25 % −2,921.88'
states 'a raise' furniture pay-li-wei 'Base 10,800.00 10,000.00 until Sep 2026'
states 'who has no commission' tobacco pay-qin-yu 'Bonus'
states 'a scorecard on paper' tobacco scorecard-qin-yu '139.4 of 100 points'
as_manager 'parts of a shared order make the whole' security \
    "SELECT order_id, sum(own_amount) - min(o.whole) AS difference FROM appraisal_order_parts
     JOIN (SELECT order_id AS of, sum(amount) AS whole FROM appraisal_order_lines GROUP BY order_id) AS o ON o.of = order_id
     GROUP BY order_id HAVING sum(own_amount) <> min(o.whole)" ''
# To the cent: of whole units the commissions would add up to 65,684 over a total of 65,683.
text_of "$work/one/security/site/managers/appraisal.html" | tr -s ' \n' ' ' | grep -q 'Total 270,050.00 56,784.01 65,682.98' && pass ||
    fail 'books/security: pay of the month' 'the total is not that of the amounts in its columns'
for page in appraisal person/sun-lei; do
    text_of "$work/one/security/site/managers/$page.html" | grep -q '38,770' && pass || fail 'books/security: pay' "managers do not see it on $page"
done

# ---- nobody else sees it ----
for book in security furniture tobacco; do
    if grep -rlE 'Bonus|Commission|base_pay' --exclude='words.*' "$work/one/$book/site/everyone" >"$work/lines"; then
        fail "books/$book: pay is for managers" "$(head -n 3 "$work/lines")"
    else
        pass
    fi
    if find "$work/one/$book/site" \( -name 'pay-*' -o -name 'scorecard-*' -o -name private \) | grep -q . ||
        grep -rqE '(pay|scorecard)-[a-z0-9-]*\.pdf' "$work/one/$book/site"; then
        fail "books/$book: private reports" 'a site has one or leads to one'
    else
        pass
    fi
done
# A statement names nobody but its person.
for pdf in "$work/one/security/output/private/2026-10"/pay-*.pdf; do
    own=$(pdftotext "$pdf" - | sed -n 's/^Statement of pay: //p' | head -n 1 | sed 's/ (.*//')
    if cut -d, -f2 input/security/people.csv | tail -n +2 | grep -v -x -F -e "$own" >"$work/names"
        pdftotext "$pdf" - | grep -q -F -f "$work/names"; then
        fail 'books/security: a statement is about one person' "${pdf##*/} names another"
    else
        pass
    fi
done

# ---- statements of a month before stay where they were handed out; a build for one report makes them alone ----
"$SALESBOOK" build input/security --site="$work/kept/s" --output="$work/kept/o" --as-of=2026-09-30 >"$work/log" 2>&1 || fail 'books/security: September' "$(cat "$work/log")"
cp "$work/kept/o/private/2026-09/pay-sun-lei.pdf" "$work/september.pdf"
"$SALESBOOK" build input/security --site="$work/kept/s" --output="$work/kept/o" >"$work/log" 2>&1
if cmp -s "$work/september.pdf" "$work/kept/o/private/2026-09/pay-sun-lei.pdf" && [ -f "$work/kept/o/private/2026-10/pay-sun-lei.pdf" ]; then
    pass
else
    fail 'books/security: statements of September' 'are not carried over'
fi
"$SALESBOOK" build input/security --site="$work/kept/one-s" --output="$work/kept/one" --report=pay >"$work/log" 2>&1
if [ -f "$work/kept/one/private/2026-10/pay-sun-lei.pdf" ] && [ ! -d "$work/kept/one/reports" ]; then
    pass
else
    fail 'books/security: --report=pay' "$(find "$work/kept/one" | head -n 5)"
fi
