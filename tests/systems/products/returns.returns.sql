-- a: last sold on 20 January, 146 days ago, so it is silent though one came back on 10 June. b: what came back in April, before
-- its launch on 1 May, had been lent; it was not sold before its launch.
SELECT i.product, i.first_sale, i.last_sale, s.why, s.silent_days, c.text
FROM products_items AS i
LEFT JOIN products_slow AS s ON s.product = i.product
LEFT JOIN products_checks AS c ON c.tbl = 'products' AND c.text LIKE '%' || i.product || '%'
ORDER BY i.product
