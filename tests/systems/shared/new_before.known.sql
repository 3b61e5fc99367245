-- y and w are new this year, z was last year up to 20 November; x began in the first month that is known. bob was not
-- here then.
SELECT scope, of, value, CASE before WHEN 0 THEN 'none' WHEN 1 THEN 'one' END AS were_new FROM shared_scope_figures WHERE name = 'new_customers' ORDER BY scope, of
