-- People have months where the company has a year, as the proposal makes them: ann 12 × 50, new 6 × 100, all since
-- July: 1,200, a cent less than 1,200.01. Visits: the company's months make 240, the people's years 241. Of collections ann
-- has one month of twelve: nothing to compare.
SELECT period, kind, scope, of, parts, parent_amount, children_amount, target_difference
FROM targets_units_reconciled
ORDER BY kind, period
