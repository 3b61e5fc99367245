# Notes on the deals of the book security: figures worked out again from the CSV, what is planted (told in the head
# of notes.c), mind maps as files. Sourced by run after planted.sh.
# shellcheck disable=SC2154

# A factor of an open deal: days from its latest note to 30 October; nothing known without one.
deals_cells="WITH f(factor) AS (VALUES ('people'), ('money'), ('time'), ('arrangement'), ('competitors')),
     cells AS (SELECT d.deal, d.person, f.factor,
                      (SELECT julianday('2026-10-30') - julianday(max(n.date)) FROM deal_notes AS n
                       WHERE n.deal = d.deal AND n.factor = f.factor) AS days
               FROM deals AS d JOIN f WHERE d.state = 'open')"
figure 'questions for the debrief' security \
    "SELECT questions, unknown, silent, fresh AS rate_text FROM deals_debrief WHERE scope = 'company'" \
    "$deals_cells SELECT sum(days IS NULL OR days >= 30), sum(days IS NULL), sum(days >= 30), 1.0 * sum(days < 30) / count(*) FROM cells"
figure 'questions by person' security \
    "SELECT of, questions FROM deals_debrief WHERE scope = 'person' ORDER BY of" \
    "$deals_cells SELECT person, sum(days IS NULL OR days >= 30) FROM cells GROUP BY person ORDER BY person"
figure 'notes by month' security \
    "SELECT month, sum(value) AS n FROM deals_measures GROUP BY month ORDER BY month" \
    "SELECT substr(date, 1, 7), count(*) FROM deal_notes GROUP BY 1 ORDER BY 1"

# ---- what must add up ----
nothing 'persons make the company' security \
    "SELECT c.questions FROM deals_debrief AS c WHERE c.scope = 'company'
     AND c.questions <> (SELECT sum(p.questions) FROM deals_debrief AS p WHERE p.scope = 'person')"
nothing 'unknown and silent are the questions' security \
    "SELECT scope, of FROM deals_debrief WHERE unknown + silent <> questions"
nothing 'each note of an open deal stands in its mind map once' security \
    "SELECT n.deal FROM deal_notes AS n JOIN deals_open AS d ON d.deal = n.deal
     WHERE (SELECT count(*) FROM deals_map AS m WHERE m.deal = n.deal AND m.id = concat('note ', n._row)) <> 1"

# ---- what is planted ----
tells 'nothing known of the competitors' security attention \
    'Weinan Xi Data Bureau, encrypted network: in stage Negotiation, and nothing is known of the competitors' '910,000'
tells 'nothing known of the competitors' security deal/d-097 'Competitors Who else offers, what, and on whose recommendation? – 340'
tells 'nothing known of the competitors' security person/luo-dan 'Weinan Xi Data Bureau, encrypted network Competitors Who else offers'
finds 'nothing known of a late deal' security "SELECT deal, factor FROM deals_factor_states WHERE state = 'unknown' AND late = 1" \
    'D-097,competitors'
tells 'silent since August' security deals 'Linhe Public Security Bureau, encrypted network Sun Lei 380,000 116 88 77 86 78 5'
says 'silent since August' security debrief-sun-lei 'Linhe Public Security Bureau'

# ---- mind maps as files ----
everyone=$work/one/security/site/everyone/deal
maps=$work/one/security/output/mindmaps/deal
if python3 - "$maps" >"$work/labels" 2>&1 <<'PYTHON'
import glob, sys, xml.etree.ElementTree
for file in sorted(glob.glob(sys.argv[1] + '/*.mm')):
    root = xml.etree.ElementTree.parse(file).getroot()
    assert root.tag == 'map' and root.get('version') == '1.0.1' and len(root) == 1, file
    factors = [node.get('TEXT') for node in root[0]][:5]
    assert factors == ['People', 'Money', 'Time', 'Arrangement', 'Competitors'], (file, factors)
    assert open(file, 'rb').read().isascii(), file
    print(file.split('/')[-1], *(node.get('TEXT') for node in root.iter('node')), sep='|')
PYTHON
then
    pass
else
    fail 'books/security: mind maps' "$(cat "$work/labels")"
fi
if [ "$(wc -l <"$work/labels")" -eq 44 ]; then pass; else fail 'books/security: mind maps' "$(wc -l <"$work/labels") and not 44"; fi
if grep '^d-124' "$work/labels" | grep -q -F "|R&D \"office\"|29 Oct 2026: Said: price < 800,000 & 'no <b>discount</b>' ]]> 罗丹 was there|"; then
    pass
else
    fail 'books/security: mind maps' "the note on D-124 is not what it was"
fi
for map in "$maps"/*.mm; do
    page=$everyone/$(basename "$map" .mm)
    cmp -s "$map" "$page.mm" && grep -q "href=\"$(basename "$map")\"" "$page.html" ||
        fail 'books/security: mind maps' "$(basename "$map") does not lie beside its page, or the page does not lead to it"
done
pass
