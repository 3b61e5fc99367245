-- as of 2026-02-28
-- A whole month: (99 + 99 + 45.714286 + 8) ÷ 4 = 62.9, and ben and cid are below 60. In the region East, with
-- ann, fay and cid, (99 + 99 + 8) ÷ 3 = 68.7.
SELECT scope, of, name, round(value, 1) AS value FROM appraisal_scope_figures
WHERE scope = 'company' OR of = 'e' ORDER BY scope, name
