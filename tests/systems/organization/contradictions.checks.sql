-- status 1
-- Two positions answer for a duty, none for another, one is not planned; sales of X from June on stand in two lines;
-- a, b and c report to each other in a circle; d only reports into it.
SELECT severity, tbl, row, text FROM organization_checks ORDER BY tbl, row, text
