-- as of 2026-01-15
-- Before the first value of any measure no score is known: no rank, no grade, no exception.
SELECT count(*) AS people, count(card_score) AS scores, count(grade) AS grades,
       (SELECT count(*) FROM appraisal_exceptions) AS exceptions, (SELECT count(*) FROM appraisal_findings) AS findings
FROM appraisal_standing
