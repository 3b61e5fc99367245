-- January to 15 April: b 500 after 0, f 100 after 0, g 110 after 100, j 10 after 0: +620. a 100 after
-- 400, c 0 after 100: −400. All: 820 after 600, +220, 36.7 %.
SELECT text
FROM customers_findings
WHERE scope = 'company' AND rank = 163
