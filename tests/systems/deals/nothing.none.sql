-- No note at all: each factor of the open deals is unknown, 5 × 2 = 10 as of 2026-10-01, the day of the last fact (D2
-- is opened): 5 × 3 = 15.
SELECT questions, unknown, silent, fresh, (SELECT count(*) FROM deals_measures) AS measures FROM deals_debrief
WHERE scope = 'company'
