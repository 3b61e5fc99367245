-- as of 2025-02-08
-- On 8 February 2024 1,240 had been invoiced (i12, i1, i2, i13, i11, i5, i3, i4) and 160 paid: 1,080. Past due were all of
-- them but i3 and i4: 860 − 160 = 700. The 150 that came on the 10th for i2 are of the same month, but later.
SELECT n.receivables, n.overdue_amount, format(f.before, 'money') AS before_figure
FROM receivables_year_ago AS n
JOIN receivables_scope_figures AS f ON f.scope = n.scope AND f.of = n.of AND f.name = 'overdue_amount'
WHERE n.scope = 'company'
