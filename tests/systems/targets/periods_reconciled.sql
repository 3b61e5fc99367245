-- The company's first quarter has two of its three months, its year one of four quarters: nothing
-- to compare yet, what is left is shared out. North's year has one of twelve months.
SELECT kind, scope, of, period, below, parts, parent_amount, children_amount, target_difference
FROM targets_periods_reconciled
ORDER BY scope, of, period, below
