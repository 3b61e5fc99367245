-- 2026: north 700 + south 450 = 1150, 50 short of the company's 1200. March: ann 40 + ben 25 stand
-- against north's 70, 5 short; visits: ann's 20 have nothing above them. A proposed target is
-- compared with proposed ones only.
SELECT period, state, kind, scope, of, parts, parent_amount, children_amount, target_difference
FROM targets_units_reconciled
WHERE kind = 'visits' OR parts > 0 AND parent_amount IS NOT NULL
ORDER BY period, kind, scope, of, state
