-- y is new, in November; of last year nobody knows who was: "–", and no growth from 0.
SELECT scope, of, value, CASE before WHEN 0 THEN 'none' WHEN 1 THEN 'one' END AS were_new FROM shared_scope_figures WHERE name = 'new_customers' ORDER BY scope, of
