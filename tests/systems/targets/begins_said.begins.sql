-- The year is told up to here, but not what is needed a day of a target that is one month's alone.
SELECT text FROM targets_findings WHERE scope = 'person' AND of = 'ann' ORDER BY rank
