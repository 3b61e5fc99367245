-- 702.70 − 531 = 171.70. The price did most for c (+15) and most against a (−20).
SELECT text FROM products_findings WHERE scope = 'company' AND rank = 210
