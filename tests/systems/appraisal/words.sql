-- as of 2026-02-28
-- Each point in words, with the numbers in it.
SELECT person, measure_label, formula FROM appraisal_formulas WHERE person IN ('ann', 'ben') ORDER BY person, measure
