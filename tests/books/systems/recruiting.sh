# Recruiting in security: figures worked out again from the CSV files, what is planted, and that only managers see the notes.
# Sourced by tests/books/run.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

# ---- figures ----
figure 'who waits, and for how long' security \
    "SELECT candidate, waits AS n, actor FROM recruiting_candidates WHERE is_open = 1 ORDER BY candidate" \
    "SELECT candidate, julianday('2026-10-30') - julianday(applied), owner FROM candidates
     WHERE decided = '' ORDER BY candidate"
# Days from the application to the day on which the candidate accepted.
figure 'time to hire' security \
    "SELECT candidate, days_to_hire AS n FROM recruiting_candidates WHERE days_to_hire IS NOT NULL ORDER BY candidate" \
    "SELECT candidate, julianday(decided) - julianday(applied) FROM candidates WHERE stage = 'hired' ORDER BY candidate"
figure 'candidates of 12 months by source' security \
    "SELECT of, applicants AS n, hires AS h, hire_rate AS text FROM recruiting_groups
     WHERE part = 'source' AND hire_rate IS NOT NULL ORDER BY of" \
    "SELECT source, count(*), sum(stage = 'hired'), 1.0 * sum(stage = 'hired') / sum(decided <> '') FROM candidates
     WHERE applied >= '2025-11' GROUP BY source HAVING sum(decided <> '') > 0 ORDER BY source"
figure 'fit to the profile' security \
    "SELECT candidate, profile_fit AS text FROM recruiting_fit ORDER BY candidate" \
    "SELECT c.candidate, (min(1.0, 1.0 * c.experience / p.experience) + min(1.0, 1.0 * c.development / p.development)
                          + min(1.0, 1.0 * c.personality / p.personality) + min(1.0, 1.0 * c.expectation / p.expectation)) / 4
     FROM candidates AS c JOIN profiles AS p ON p.position = c.position WHERE c.experience <> '' ORDER BY c.candidate"

# ---- what must add up ----
nothing 'open, hired, refused and withdrawn are all' security \
    "SELECT of FROM recruiting_groups AS g
     WHERE g.part = 'all' AND g.applicants <> g.hires + g.turned_away + g.withdrawals
           + (SELECT count(*) FROM recruiting_candidates AS c WHERE c.is_open = 1 AND c.recent = 1)"
nothing 'positions and sources make the whole' security \
    "SELECT p.part FROM recruiting_groups AS g JOIN recruiting_groups AS p ON p.part <> 'all'
     WHERE g.part = 'all' GROUP BY p.part, g.applicants, g.hires, g.interviewed
     HAVING sum(p.applicants) <> g.applicants OR sum(p.hires) <> g.hires OR sum(p.interviewed) <> g.interviewed"
nothing 'the list is sound' security "SELECT row FROM recruiting_checks"

# ---- planted ----
tells 'waits' security recruiting 'Pan Hui sales screening 15 Sep 2026 45 Tang Yong'
tells 'waits' security attention 'Pan Hui (sales) has waited for 45 days since applying' 'Tang Yong'
tells 'waits' security candidate/pan-hui 'Pan Hui (sales) has waited for 45 days'
tells 'waits' security person/tang-yong 'Pan Hui sales screening 15 Sep 2026 45'
says 'waits' security monthly-company '7 candidates are open; Pan Hui waits longest, for 45 days.'
finds 'nobody else waits for 30 days' security "SELECT candidate FROM recruiting_candidates WHERE waits >= 30" 'Pan Hui'
tells 'below the profile' security recruiting 'Below the profile: Shen Lan, personality 2 of 4.'
tells 'below the profile' security attention 'Shen Lan (sales) has an offer and is below the profile: personality 2 of 4' 'Xu Hong'
tells 'below the profile' security candidate/shen-lan 'At offer, 25 days after applying. Below the profile: personality 2 of 4.'
finds 'nobody else who is open is below' security \
    "SELECT c.candidate FROM recruiting_candidates AS c JOIN recruiting_fit AS f ON f.candidate = c.candidate
     WHERE c.is_open = 1 AND f.matches_below > 0" 'Shen Lan'
tells 'hired' security recruiting 'Deng Rui sales referral 3 Aug 2026 25 Sep 2026 53'

# ---- notes are for managers ----
tells 'a note' security ../managers/candidate/shen-lan 'interrupts, contradicts the customer in the role play'
sqlite3 "$work/csv-security.db" "SELECT note FROM candidates WHERE note <> ''" >"$work/secrets"
mkdir -p "$work/papers-recruiting"
find "$work/one/security/output" -name '*.pdf' ! -path '*/private/*' |
    while read -r pdf; do
        pdftotext -layout "$pdf" - | tr -s ' \n\f' ' ' >"$work/papers-recruiting/$(basename "$pdf").txt"
    done
if [ "$(wc -l <"$work/secrets")" -gt 10 ] && ! grep -rlF -f "$work/secrets" "$work/one/security/site/everyone" \
    "$work/papers-recruiting" >"$work/leaks"; then
    pass
else
    fail 'books/security: notes on candidates' "everybody finds them in $(tr '\n' ' ' <"$work/leaks")"
fi
