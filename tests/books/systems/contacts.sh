# The contact list of the furniture maker: figures worked out again from the CSV, what must add up, what is
# planted (see tests/books/contacts.c), and the proposal put into a copy of the book. Sourced by tests/books/run.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

here="owner <> '' AND owner NOT IN (SELECT person FROM people WHERE left <> '' AND left <= (SELECT day FROM asof))"
figure 'contacts, without an owner, without a region, never contacted, dealers' furniture \
    "SELECT abroad AS n, contacts, contacts_unowned AS u, contacts_placeless AS p, contacts_untouched AS t, contacts_won AS w
     FROM contacts_sums WHERE scope = 'company' ORDER BY abroad" \
    "SELECT country <> 'CN' AS abroad, count(*), sum(NOT ($here)), sum(region = ''), sum(last_contact = '' AND state = 'new'),
            sum(state = 'dealer') FROM contacts GROUP BY abroad ORDER BY abroad"
figure 'more than 2,000, over 800 of them abroad' furniture \
    "SELECT contacts > 2000 AS many, foreign_contacts > 800 AS far FROM contacts_totals WHERE scope = 'company'" \
    "SELECT count(*) > 2000, sum(country <> 'CN') > 800 FROM contacts"
figure 'contacted to dealer, by who looks after them' furniture \
    "SELECT of, contacts_reached AS n, contacts_won AS w FROM contacts_totals WHERE scope = 'person' ORDER BY of" \
    "SELECT owner, sum(last_contact <> '' OR state <> 'new'), sum(state = 'dealer') FROM contacts WHERE $here GROUP BY owner ORDER BY owner"
finds 'every contact without an owner is given to one person' furniture \
    "SELECT (SELECT count(*) FROM contacts_proposal) - (SELECT contacts_unowned FROM contacts_totals WHERE scope = 'company') AS a,
            (SELECT count(*) - count(DISTINCT contact) FROM contacts_proposal) AS b,
            (SELECT sum(contacts_after - contacts_load) FROM contacts_loads) - (SELECT count(*) FROM contacts_proposal) AS c" 0,0,0
nothing 'nobody who has left is given any' furniture \
    "SELECT p.person FROM contacts_proposal AS p JOIN people AS x ON x.person = p.person WHERE x.left <= as_of()"
nothing 'those of a city go to who looks after customers there' furniture \
    "SELECT q.contact FROM contacts_queue AS q JOIN contacts_proposal AS p ON p.contact = q.contact
     JOIN contacts_files AS f ON f.contact = q.contact
     WHERE q.phase = 1 AND NOT EXISTS (SELECT 1 FROM customers AS c WHERE c.region = f.region AND c.owner = p.person)"

# managers QUERY: asked as managers, without the head.
managers() {
    "$SALESBOOK" sql --audience=managers --format=csv "$1" "$2" 2>"$work/err" | tail -n +2
}

# is CASE GOT WANTED
is() {
    if [ "$2" = "$3" ]; then pass; else fail "books/furniture: $1" "expected $3, got $2"; fi
}

# The CSV without the copies: a copy stands behind its original, the 44 that contacts.c writes again.
is 'before and after merging' "$(managers input/furniture "SELECT sum(contacts), sum(contacts_double), sum(contacts_merged) FROM contacts_merging")" \
    '2184,44,2140'
is 'every contact is kept or falls away' \
    "$(managers input/furniture "SELECT count(*) FROM contacts_merging WHERE contacts <> contacts_double + contacts_merged")" 0
is 'groups and those who fall away' \
    "$(managers input/furniture "SELECT count(*), sum(contact_twins - 1) FROM contacts_twins")" '44,44'

# ---- planted ----
text_of "$work/one/furniture/site/managers/contacts.html" >"$work/text"
if grep -q -F 'Yuema Home, Wenzhou CN K0112 telephone, company Li Wei (East China), Shen Yue 2' "$work/text"; then
    pass
else
    fail 'books/furniture: two contacts that are one' "$(grep Yuema "$work/text")"
fi
finds 'a contact abroad wants exclusive and was never answered' furniture \
    "SELECT contact AS c, country AS d FROM contacts_wants WHERE abroad = 1 AND reached = 0" K1999,SE
tells 'never answered' furniture attention 'Åsa Lindqvist, Berg & Fjord Interiors (SE): wants exclusive and was never answered' 'Katarzyna Żak'
tells 'never answered' furniture contacts '1 contact abroad wants exclusive and was never answered.'
tells 'never answered' furniture region/export '1 contact abroad wants exclusive and was never answered.'
says 'never answered' furniture monthly-company 'Berg & Fjord Interiors'
tells 'the drawer' furniture contacts '2,184 contacts, 867 of them abroad: 1,644 have no owner, 1,317 were never contacted.'
tells 'the drawer' furniture person/kasia-zak '675 contacts without an owner could be given.'
# Telephone numbers and addresses stand on no page, report or list of everybody, nor in its data.
if grep -r -q -E 'bergfjord|390 06 12' "$work/one/furniture/site/everyone" "$work/one/furniture/output/reports"; then
    fail 'books/furniture: telephone and e-mail are for managers' "$(grep -r -l -E 'bergfjord|390 06 12' "$work/one/furniture/site/everyone" | head -n 3)"
else
    pass
fi
if grep -q 'bergfjord' "$work/one/furniture/site/managers/contacts.html"; then pass; else fail 'books/furniture: managers see them' 'no'; fi

# ---- the proposal, as it is saved from the page, takes the place of the list ----
cp -r input/furniture "$work/assigned"
saved=$(sed -n 's/.* href="\([^"]*\)" download="contacts.csv".*/\1/p' "$work/one/furniture/site/managers/contacts.html")
tr -d '\r' <"$work/one/furniture/site/managers/$saved" >"$work/assigned/contacts.csv"
is 'the proposal has every contact' "$(wc -l <"$work/assigned/contacts.csv")" "$(wc -l <input/furniture/contacts.csv)"
# Nothing but owners has changed; a number that begins with + has an apostrophe before it, as every CSV that is saved has, so
# that no spreadsheet takes it for a formula.
sqlite3 -csv :memory: ".import --csv input/furniture/contacts.csv a" ".import --csv $work/assigned/contacts.csv b" \
    "SELECT count(*), sum(a.owner = '' AND b.owner <> ''), sum(a.owner <> '' AND a.owner <> b.owner),
            sum(a.name <> b.name OR a.company <> b.company OR a.kind <> b.kind OR a.country <> b.country OR a.region <> b.region
                OR a.phone <> ltrim(b.phone, '''') OR a.email <> b.email OR a.last_contact <> b.last_contact OR a.state <> b.state
                OR a.wants_exclusive <> b.wants_exclusive)
     FROM a JOIN b ON b.contact = a.contact" >"$work/changed"
is 'the proposal changes owners alone' "$(tr -d '\r' <"$work/changed")" '2184,1644,0,0'
if build "$work/assigned" "$work/given" 2; then pass; else fail 'books/furniture: the proposal put into the book' "$(cat "$work/log")"; fi
is 'nobody is without an owner then' \
    "$(managers "$work/assigned" "SELECT contacts, contacts_unowned, contacts_untouched FROM contacts_totals WHERE scope = 'company'")" '2184,0,1317'
is 'duplicates are found as before' \
    "$(managers "$work/assigned" "SELECT sum(contacts_double) FROM contacts_merging")" 44
is 'everybody looks after as many as proposed' \
    "$(managers "$work/assigned" "SELECT person, contacts_load FROM contacts_loads ORDER BY person" | tr '\n' ' ')" \
    "$(managers input/furniture "SELECT person, contacts_after FROM contacts_loads ORDER BY person" | tr '\n' ' ')"

# ---- two are called Li Wei ----
tells 'which of the two' furniture ../managers/contacts 'Pan Xiaoling' 'Li Wei (East China), Shen Yue'

# ---- a contact's kind is no kind of target ----
tells 'the head of kind' furniture ../managers/contacts 'Contact Name Company Kind Country'
