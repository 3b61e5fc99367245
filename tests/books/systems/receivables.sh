# Receivables of the book security: figures worked out again from the CSV, what adds up, what is planted
# (told in the head of receivables.c). Sourced by run after planted.sh.
# shellcheck disable=SC2154

# Open at a day: invoices up to then less payments up to then. Age: days from due date to that day.
aging_at() {
    echo "WITH paid AS (SELECT invoice, sum(amount) AS paid FROM payments WHERE date <= '$1' GROUP BY invoice),
          open AS (SELECT i.amount - coalesce(p.paid, 0) AS open, julianday('$1') - julianday(i.due) AS days
                   FROM invoices AS i LEFT JOIN paid AS p ON p.invoice = i.invoice WHERE i.date <= '$1'),
          aged AS (SELECT CASE WHEN open < -0.001 THEN 6 WHEN days <= 0 THEN 1 WHEN days <= 30 THEN 2 WHEN days <= 60 THEN 3
                               WHEN days <= 90 THEN 4 ELSE 5 END AS bucket, open FROM open WHERE abs(open) > 0.001)
     SELECT bucket, count(*), sum(open) FROM aged GROUP BY bucket ORDER BY bucket"
}
ours_aging="SELECT bucket, invoices, amount FROM receivables_aging WHERE scope = 'company' AND invoices > 0 ORDER BY bucket"
figure 'aging' security "$ours_aging" "$(aging_at 2026-10-30)"
figure 'aging at the end of June, later payments unseen' security "$ours_aging" "$(aging_at 2026-06-30)" 2026-06-30
figure 'overdue at the end of each month is what a build of that day says' security \
    "SELECT receivables, overdue_amount FROM receivables_by_month WHERE scope = 'company' AND month = '2026-06'" \
    "WITH a AS ($(aging_at 2026-06-30)) SELECT sum(\"sum(open)\"), sum((bucket BETWEEN 2 AND 5) * \"sum(open)\") FROM a"

# Collected of a month = payments of the month; set-offs net to zero. Rate = collected ÷ target.
figure 'collected by month' security \
    "SELECT month, collected FROM receivables_collected WHERE scope = 'company' ORDER BY month" \
    "SELECT substr(date, 1, 7), sum(amount) FROM payments GROUP BY 1 ORDER BY 1"
figure 'collection rate of October by region' security \
    "SELECT of, kind, actual, attainment AS rate_text FROM targets_periods
     WHERE scope = 'region' AND kind = 'collections' AND grain = 'month' AND summed = 0 AND target > 0 ORDER BY of" \
    "SELECT t.of, 'collections', sum(p.amount), sum(p.amount) / t.amount
     FROM targets AS t
     JOIN inside AS n ON n.outer = t.of
     JOIN customers AS c ON c.region = n.region
     JOIN invoices AS i ON i.customer = c.customer
     JOIN payments AS p ON p.invoice = i.invoice AND p.date LIKE '2026-10-%'
     WHERE t.period = '2026-10' AND t.scope = 'region' AND t.kind = 'collections'
     GROUP BY t.of, t.amount ORDER BY t.of"

# Count-back: month by month the invoices are taken off what is open, until a month is not used up.
figure 'DSO' security \
    "SELECT dso AS days_text FROM receivables_dso WHERE scope = 'company' AND month = '2026-10'" \
    "WITH RECURSIVE months(first, last) AS (
         SELECT '2026-10-01', '2026-10-30'
         UNION ALL SELECT date(first, '-1 month'), date(first, '-1 day') FROM months WHERE first > '2025-01-01'
     ),
     numbered AS (SELECT row_number() OVER (ORDER BY last DESC) AS n, julianday(last) - julianday(first) + 1 AS days,
                         (SELECT sum(amount) FROM invoices WHERE date BETWEEN first AND last) AS invoiced FROM months),
     walk(n, days, rest) AS (
         SELECT 0, 0.0, (SELECT sum(amount) FROM invoices) - (SELECT sum(amount) FROM payments)
         UNION ALL
         SELECT m.n, w.days + m.days * min(1, w.rest / m.invoiced), w.rest - m.invoiced
         FROM walk AS w JOIN numbered AS m ON m.n = w.n + 1 WHERE w.rest > 0
     )
     SELECT max(days) FROM walk"
# Limit used = open ÷ credit limit.
figure 'credit limits used to 80 % and more' security \
    "SELECT customer, receivables, limit_used AS rate_text FROM receivables_customers WHERE limit_used >= 0.8 ORDER BY customer" \
    "WITH open AS (SELECT i.customer, i.amount - coalesce((SELECT sum(amount) FROM payments AS p WHERE p.invoice = i.invoice), 0) AS open
                   FROM invoices AS i)
     SELECT o.customer, sum(o.open), sum(o.open) / c.credit_limit
     FROM open AS o JOIN customers AS c ON c.customer = o.customer
     GROUP BY o.customer HAVING sum(o.open) >= 0.8 * c.credit_limit ORDER BY o.customer"
# A promise covers all that is open: kept when that came from its day to the day promised.
figure 'promises by state' security \
    "SELECT state, count(*) AS n FROM receivables_promises GROUP BY state ORDER BY state" \
    "WITH p AS (SELECT r.date, i.amount - coalesce((SELECT sum(amount) FROM payments AS y
                                  WHERE y.invoice = r.invoice AND y.date < r.promised_on), 0) AS promised,
                       coalesce((SELECT sum(amount) FROM payments AS y WHERE y.invoice = r.invoice
                                 AND y.date BETWEEN r.promised_on AND r.date), 0) AS came
                FROM promises AS r JOIN invoices AS i ON i.invoice = r.invoice)
     SELECT CASE WHEN came >= promised THEN 'kept' WHEN date < '2026-10-30' THEN 'broken' ELSE 'open' END, count(*)
     FROM p GROUP BY 1 ORDER BY 1"

# ---- what must add up ----
nothing 'aging buckets make the open invoices' security \
    "SELECT a.of, sum(a.amount) AS amount, n.open_amount FROM receivables_aging AS a
     JOIN (SELECT sum(i.amount) - (SELECT sum(p.amount) FROM payments AS p) AS open_amount FROM invoices AS i) AS n
     WHERE a.scope = 'company' GROUP BY a.of, n.open_amount HAVING sum(a.amount) <> n.open_amount"
nothing 'aging buckets of each scope make its receivables, as DSO and months have them' security \
    "SELECT n.scope, n.of, n.receivables FROM receivables_now AS n
     LEFT JOIN receivables_by_month AS m ON m.scope = n.scope AND m.of = n.of AND m.month = as_of_month()
     WHERE n.receivables IS NOT m.receivables OR n.overdue_amount IS NOT m.overdue_amount OR n.over_90 IS NOT m.over_90
        OR n.overdue_share IS NOT m.overdue_share"
for scope in person region; do
    nothing "a $scope's receivables together are the company's" security \
        "SELECT c.receivables FROM receivables_now AS c
         WHERE c.scope = 'company' AND c.receivables <>
               (SELECT sum(n.receivables) FROM receivables_now AS n
                LEFT JOIN regions AS r ON n.scope = 'region' AND r.region = n.of
                WHERE n.scope = '$scope' AND r.parent IS NULL)"
done
nothing 'what is open by customer is what is open' security \
    "SELECT c.receivables FROM receivables_now AS c
     WHERE c.scope = 'company' AND c.receivables <> (SELECT sum(k.receivables) FROM receivables_customers AS k)"
nothing 'targets of collections add up' security \
    "SELECT period, of FROM targets_units_reconciled WHERE kind = 'collections' AND target_difference <> 0"
nothing 'no payment is more than its invoice' security "SELECT row FROM receivables_checks"

# ---- what is planted ----
tells 'far over 90 days' security attention 'act now' 'Xijiao Public Security Bureau): 4 invoices more than 90 days past due, the oldest since 21 Apr 2026' '622,728'
tells 'far over 90 days' security receivables 'Most of it at 西郊市公安局 (Xijiao Public Security Bureau): 623 k.'
tells 'far over 90 days' security customer/c0001 'Owes 775 k; 623 k are overdue, the oldest for 192 days'
says 'far over 90 days' security monthly-north '622,728'
tells 'a broken promise' security attention 'Liuhe Public Security Bureau: promised 81.5 k of invoice R26-00293 for 16 Oct 2026, nothing came'
tells 'a broken promise' security receivables 'R26-00293 Liuhe Public Security Bureau' '28 Sep 2026 16 Oct 2026'
tells 'over the limit' security attention 'Linhe Garrison owes 1.26 m, 158 % of its credit limit' '460,000'
tells 'over the limit' security receivables 'Linhe Garrison Sun Lei 1,260,000 800,000'
tells 'customers pay late' security person/lukasz-wojcik '4 invoices of 3 customers are overdue, 496 k, 38 % of what customers owe'
finds 'customers pay late' security \
    "SELECT of, round(paid_late) AS n FROM receivables_paid_late WHERE scope = 'person' ORDER BY paid_late DESC LIMIT 2" \
    'lukasz.wojcik,62
tang.yong,25'
tells 'a credit note stands open' security attention 'Yuyao Xin Public Security Bureau: credit note R26-00410 is neither set off nor paid out' '48,000'
tells 'a credit note stands open' security receivables 'Credit balances 1 −48,000'
finds 'a credit note was set off' security \
    "SELECT i.invoice, i.paid, i.open_amount FROM receivables_invoices AS i WHERE i.amount < 0 AND i.customer = 'C0029'" \
    "$(csv security "SELECT invoice, amount, 0 FROM invoices WHERE customer = 'C0029' AND amount < 0" | sed 's/\.000000//g')"
tells 'a promise is open' security receivables '12 Nov 2026 R26-00402' 'Łukasz Wójcik'
says 'receivables in the report' security monthly-company '31 invoices of 24 customers are overdue'
# Nothing is told of one who has left and is owed nothing.
if text_of "$work/one/security/site/everyone/person/ma-chao.html" | grep -q Receivables; then
    fail 'books/security: who has left' 'the page of Ma Chao has a part on receivables'
else
    pass
fi
