-- Contact by the month of entry: January d1, d2, d3; February d6; March d4 (open), d5 (lost).
SELECT cohort, entered, went_on, dropped, still_open
FROM funnel_cohorts
WHERE scope = 'company' AND stage = 'contact'
ORDER BY cohort
