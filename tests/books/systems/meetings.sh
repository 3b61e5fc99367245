# System meetings in the example book: what meetings.c plants, and counts from the CSV files. Sourced by run.
# shellcheck disable=SC2154 # $work, $SALESBOOK come from lib.sh

# 12 June to 30 October 2026: 18 + 31 + 31 + 30 + 30 = 140 days.
tells 'an action open since months' security meetings 'Win back the renewal of the Jinsha Data Bureau' 'Tang Yong' '12 Jun 2026' '140'
tells 'an action open since months' security attention 'act now Was to be done by 12 Jun 2026: Win back the renewal' 'Tang Yong'
tells 'an action open since months' security person/tang-yong 'Win back the renewal of the Jinsha Data Bureau'
says 'an action open since months' security monthly-company 'Win back the renewal'
tells 'misses the weekly meeting' security meetings 'José Núñez missed'
tells 'misses the weekly meeting' security person/jose-nunez 'meetings (weekly) of the last 3 months were missed.'
finds 'nobody else misses meetings' security "SELECT person, kind AS which FROM meetings_habits WHERE absent = 1" 'jose.nunez,weekly'
figure 'attendance of October by person' security \
    "SELECT of, invited AS n, attended AS m FROM meetings_by_month WHERE scope = 'person' AND month = '2026-10' ORDER BY of" \
    "SELECT a.person, count(*), sum(a.attended = 'yes') FROM attendance AS a JOIN meetings AS m ON m.meeting = a.meeting
     WHERE m.date LIKE '2026-10-%' GROUP BY a.person ORDER BY a.person"
figure 'open and overdue actions' security \
    "SELECT open_actions AS n, overdue_actions AS m FROM meetings_actions_now WHERE scope = 'company'" \
    "SELECT count(*), sum(due < '2026-10-30') FROM actions WHERE done = ''"
# What has no day on which it began is new to no meeting, and old to none: it comes into the packs of all but daily ones.
says 'a standing state comes into the weekly pack' security ../2026-11-02/pack-weekly-2026-11-02 \
    'How things stand, without a day on which it began'
says 'a standing state comes into the weekly pack' security ../2026-11-02/pack-weekly-2026-11-02 \
    'Shuangqiao × military: nobody owns this part of the'
if pdftotext -layout "$work/one/security/output/reports/2026-11-02/pack-morning-2026-11-02.pdf" "$work/text" 2>/dev/null &&
    ! grep -q 'How things stand' "$work/text"; then
    pass
else
    fail 'books/security: a standing state comes into the pack of every morning'
fi
