# What README.md says is planted in the example books is found: on the page that a manager would look at,
# else in the views that later pages read. Sourced by run after the books are built into $work/one.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

# text_of PAGE: the words of a page, a line each for rows, paragraphs and headings; wide blanks made plain.
text_of() {
    sed -n '/<main/,/<\/main>/p' "$1" | perl -CSD -0pe 's/<svg.*?<\/svg>//gs; s/\n/ /g; s/<\/(tr|p|h[1-6]|div|li|figcaption)>/\n/g;
        s/<[^>]*>/ /g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#39;/'"'"'/g; s/&amp;/&/g; s/[ \x{2002}-\x{200a}\x{202f}\x{a0}]+/ /g; s/^ //gm'
}

# tells CASE BOOK PAGE WORDS…: a line of the page holds all these words.
tells() {
    case="$2: $1"
    page=$work/one/$2/site/everyone/$3.html
    shift 3
    text_of "$page" >"$work/text" 2>/dev/null
    for words; do
        grep -F -e "$words" "$work/text" >"$work/lines"
        mv "$work/lines" "$work/text"
    done
    if [ -s "$work/text" ]; then pass; else fail "books/$case" "${page#"$work/one/"} does not tell: $*"; fi
}

# says CASE BOOK REPORT WORDS: the PDF holds them, over line ends.
says() {
    pdf=$work/one/$2/output/reports/2026-10/$3.pdf
    if pdftotext -layout "$pdf" - 2>/dev/null | tr -s ' \n\f' ' ' | grep -q -F -e "$4"; then
        pass
    else
        fail "books/$2: $1" "${pdf#"$work/one/"} does not say: $4"
    fi
}

# finds CASE BOOK QUERY ROWS [DATE]: salesbook answers with exactly these rows.
finds() {
    got=$(ours "$2" "$3" "${5:-}" | sed 's/\.000000//g')
    if [ "$got" = "$4" ]; then
        pass
    else
        fail "books/$2: $1" "expected $4, got $got" "salesbook sql input/$2 \"$3\" --format=csv"
        cat "$work/err"
    fi
}

# ---- security ----
tells 'October' security targets 'Oct 2026 5,680,000 5,558,102 97.9 %'
says 'October' security monthly-company 'Oct 2026 closed 2.1 % below plan (−122 k)'
# Its people's targets of October make 5,580,000, its own is 5,680,000: their total of −21,898 is not −122 k.
says 'why the company is not its people' security ../2026-W44/weekly-company 'The company itself stands at −121,898: its plan to date is 100,000 above that of its people together.'
says 'why the company is not its people' security ../2026-10-30/daily-company 'The company itself stands at −121,898: its plan to date is 100,000 above that of its people together.'
nothing 'a company that is its people' furniture 'SELECT text FROM targets_apart'
says 'October, in its table' security monthly-company '5,558,102'
tells 'the west is behind' security targets 'West 7,542,582 9,110,000' '−1,567,418 82.8 %'
tells 'the west is behind' security attention 'West: revenue of the year 17 % behind plan to date Tang Yong 1,567,418'
says 'the west is behind' security monthly-west '1,567,418'
# The order of May 2025 was 962,400; in 2026 the customer has bought for 33,600 only.
tells 'its missing renewal' security region/jinsha 'May 2026' '962,400'
tells 'its missing renewal' security region/jinsha '金沙市大数据局 (Jinsha Data Bureau)' '33,600 1,683,586'
says 'its missing renewal' security monthly-company 'still no renewal from Jinsha'
tells 'strong' security targets 'Li Wei (East) 5,727,568 4,710,000'
# 6,262,806 by order lines, of which 15 % of 1,260,000 are Guo Jing's.
tells 'strong' security targets 'Sun Lei 6,073,806 4,940,000'
tells 'weak' security targets 'José Núñez 2,815,312 3,782,000'
tells 'weak' security attention 'José Núñez: revenue of the year 26 % behind plan to date'
tells 'targets of persons do not reach the region' security attention 'East: target of revenue for 2026 is 300 k more than its parts together'
finds 'pushed three times or more' security \
    "SELECT deal, pushes FROM funnel_troubles WHERE pushes >= 3 ORDER BY deal" "D-088,3
D-093,3
D-097,4"
tells 'pushed three times or more' security attention 'Weinan Xi Data Bureau, encrypted network: close pushed 4 times'
finds 'stuck in negotiation' security \
    "SELECT deal, stage, entered FROM funnel_troubles WHERE stuck = 1 ORDER BY deal" "D-112,negotiation,2026-06-04
D-115,negotiation,2026-05-20
D-117,negotiation,2026-05-28
D-119,negotiation,2026-06-15
D-121,negotiation,2026-06-22"
tells 'stuck in negotiation' security funnel 'Linhe Public Security Bureau, encrypted network' 'Negotiation' '148'
finds 'gates open at breakthrough' security \
    "SELECT deal, gate FROM funnel_gates_missing ORDER BY deal, gate" "D-124,b2
D-124,b3
D-127,b3"
tells 'gates open at breakthrough' security funnel 'Baisha Data Bureau), perimeter renewal' 'Contract text agreed, Funds released'
finds 'expected close gone by' security \
    "SELECT deal, expected_close FROM funnel_troubles WHERE overdue IS NOT NULL ORDER BY deal" "D-093,2026-10-14
D-153,2026-10-15"
tells 'expected close gone by' security attention 'Jinsha Procuratorate, encrypted network: was to close on 15 Oct 2026'
finds 'fell back to acceptance' security \
    "SELECT a.deal, max(b.entered) AS entered FROM funnel_stays AS a JOIN funnel_stays AS b ON b.deal = a.deal AND b.nth = a.nth + 1
     WHERE b.seq < a.seq AND b.stage = 'acceptance' GROUP BY a.deal ORDER BY a.deal" \
    "$(csv security "SELECT a.deal, max(b.entered) FROM ways AS a JOIN ways AS b ON b.deal = a.deal AND a.from_last = b.from_last + 1
                     WHERE a.stage IN ('negotiation', 'breakthrough') AND b.stage = 'acceptance' GROUP BY a.deal ORDER BY a.deal")"
finds 'fell back to acceptance' security \
    "SELECT count(DISTINCT a.deal) AS n, max(b.entered) AS entered FROM funnel_stays AS a
     JOIN funnel_stays AS b ON b.deal = a.deal AND b.nth = a.nth + 1
     WHERE b.seq < a.seq AND a.deal IN ('D-007', 'D-027', 'D-047', 'D-087', 'D-107')" '5,2026-09-09'
finds 'the big deal' security \
    "SELECT deal, customer, amount, closed FROM funnel_deals WHERE state = 'won' ORDER BY amount DESC LIMIT 1" 'D-104,C0014,1260000,2026-10-22'
finds 'the next largest' security \
    "SELECT amount FROM funnel_deals WHERE state = 'won' ORDER BY amount DESC LIMIT 1 OFFSET 1" '545000'
tells 'the big deal' security funnel 'Oct 2026 4 1'
finds 'shared credit' security \
    "SELECT deal, of, amount FROM funnel_members WHERE scope = 'person' AND deal IN ('D-088', 'D-097', 'D-104') ORDER BY deal, amount DESC, of" \
    "D-088,li.wei.2,444000
D-088,he.jun,296000
D-097,luo.dan,455000
D-097,tang.yong,455000
D-104,sun.lei,1071000
D-104,guo.jing,189000"
tells 'who has left' security person/ma-chao 'left on 30 Jun 2025'
tells 'who has left' security person/fu-yan 'left on 31 Dec 2025'
# Names that must survive stand on the pages of their regions as they are, escaped.
for name in 'Müller & Söhne "Sicherheit" <GmbH>' "O'Neill Networks, Ltd." 'Łódź Integracja, S.A.' '=SUM Secure Systems' \
    'Liuhe "Safe City" Office'; do
    for page in "$work/one/security/site/everyone/region"/*.html; do
        text_of "$page"
    done | grep -q -F -e "$name" && pass || fail 'books/security: names that must survive' "$name is on no page of a region"
done

# ---- furniture ----
tells 'visitors' furniture traffic 'Visitors 211,000'
tells 'visitors by placement' furniture traffic 'Blog "Rooms to live in" 41,000'
tells 'visitors by placement' furniture traffic 'Blog 小家大生活 31,000'
for medium in 'blog 72,000' 'forum slot 48,000' 'portal 32,000' 'newspaper 22,000' 'own site 21,000' 'exchanged link 16,000'; do
    tells "visitors by medium: $medium" furniture traffic "$medium"
done
finds 'the others' furniture "SELECT sum(visitors) AS n FROM traffic_by_placement WHERE placement NOT IN ('blog-1', 'blog-2', 'site')" 118000
tells 'paid but idle' furniture attention 'Portal 365 Homes, front page: no visitor for 184 days, paid until 28 Feb 2027'
tells 'paid but idle' furniture traffic 'Portal 365 Homes, front page 360'
says 'paid but idle' furniture monthly-company 'Portal 365 Homes, front page'
finds 'a day out of line' furniture \
    "SELECT placement, day, visitors FROM traffic_anomalies WHERE placement = 'forum-1' ORDER BY abs(robust_z) DESC LIMIT 1" \
    'forum-1,2026-09-16,796' 2026-09-20
finds 'a day out of line is told' furniture \
    "SELECT count(*) AS n FROM exceptions WHERE id = 'traffic:unusual:forum-1:2026-09-16'" 1 2026-09-20
tells 'slots that expire' furniture attention 'Forum New Home, banner ends on 12 Nov 2026'
tells 'slots that expire' furniture attention "Forum Dealers' Talk, sticky ends on 25 Nov 2026"
tells 'blogs grow' furniture traffic 'Nov 2025 3,538'
tells 'blogs grow' furniture traffic 'Oct 2026 8,588'
tells 'a team behind' furniture targets 'Hunan 6,320,281 7,719,000' '81.9 %'
tells 'strong' furniture targets 'Li Wei (East China) 6,622,863 5,561,000' '119.1 %'
# By calendar years, of the CSV.
csv furniture "SELECT substr(date, 1, 4), round(100.0 * sum(fen * (channel = 'exclusive')) / sum(fen), 1) FROM lines GROUP BY 1" \
    >"$work/channels"
printf '%s\n' 2024.000000,30.300000 2025.000000,35.300000 2026.000000,43.500000 >"$work/expected"
if cmp -s "$work/expected" "$work/channels"; then pass; else fail 'books/furniture: the reform' "$(cat "$work/channels")"; fi
finds 'the largest month' furniture \
    "SELECT month, revenue FROM revenue_by_month WHERE scope = 'company' ORDER BY revenue DESC LIMIT 1" '2026-10,11023932.200000'
tells 'proposed targets' furniture targets 'Revenue 2027 proposed 103,840,000'
finds 'abroad' furniture "SELECT count(*) AS n FROM customers WHERE region = 'export'" 20
tells 'who has left' furniture person/tan-rui 'left on 31 Mar 2026'

# ---- tobacco ----
tells 'far above' tobacco targets 'Qin Yu 6,229,855 5,240,000' '118.9 %'
# Attainment of the months, the month before them above plan.
finds 'below six months in a row' tobacco \
    "SELECT month, round(100 * value, 1) AS n FROM targets_measures
     WHERE person = 'bai.xue' AND measure = 'attainment' AND month >= '2026-04' ORDER BY month" "2026-04,100.100000
2026-05,88.900000
2026-06,93.400000
2026-07,78.300000
2026-08,89.100000
2026-09,88.700000
2026-10,88.300000"
tells 'below six months in a row' tobacco person/bai-xue 'Oct 2026 closed 11.7 % below plan'
tells 'a month missed by all' tobacco targets 'Jul 2026 3,328,180 3,788,000'
tells 'a town behind' tobacco targets 'Baisha Town 7,654,878 8,485,000' '90.2 %'
tells 'a town behind' tobacco attention 'Baisha Town: revenue of the year 10 % behind plan to date'
tells 'October' tobacco targets 'Oct 2026 4,104,000 4,100,636'
says 'October' tobacco monthly-company '4,100,636'
tells 'who has left' tobacco person/jiang-tao 'left on 30 Sep 2025'
for name in "O'Neill's Bar & Grill" '<b>Best</b> Mini Mart' '=1+1 Mini Mart' 'Nationalités, Tabac & Presse'; do
    finds "names that must survive: $name" tobacco \
        "SELECT count(*) AS n FROM customers WHERE name = '$(printf %s "$name" | sed "s/'/''/g")'" 1
done
