-- 16 March: the mean of the month so far is (28.571429 + 0 + 0 + 0) ÷ 4 = 7.1; how many are below 60, and
-- a year before, is told of whole months alone.
SELECT scope, of, name, round(value, 1) AS value, before FROM appraisal_scope_figures
WHERE scope = 'company' ORDER BY name
