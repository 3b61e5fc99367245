CREATE VIEW own_checks AS
SELECT CASE n WHEN 1 THEN 'error' ELSE 'warning' END AS severity, 'own' AS tbl, _row AS row,
       t('{1} has n {2}', name, n) AS text, 'give it another' AS remedy
FROM own
UNION ALL
SELECT 'error', 'own', 7, 'there is no such row', 'none';
