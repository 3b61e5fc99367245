-- The number of answers goes with awareness to the start page and into reports, where it says of fewer than 20 how many.
-- Of a share of cartons there are no cases.
SELECT scope, of, name, n FROM scope_figures WHERE name IN ('awareness', 'self_reported')
UNION ALL
SELECT 'start page', NULL, name, n FROM figures WHERE name = 'awareness'
ORDER BY scope, of, name
