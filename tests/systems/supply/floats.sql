-- as of 2026-01-10
-- Before it was agreed anew, 20 held; on the 10th nothing more is wanted of One than the 12 of the 5th.
SELECT customer, agreed AS a, supplied AS s FROM supply_months WHERE customer = 'c1'
