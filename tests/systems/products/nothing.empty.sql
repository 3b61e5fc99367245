-- A book without order lines: no rows.
SELECT (SELECT count(*) FROM products_items) AS items, (SELECT count(*) FROM products_bridge) AS bridges,
       (SELECT count(*) FROM products_findings) AS findings, (SELECT count(*) FROM products_exceptions) AS points,
       (SELECT count(*) FROM products_figures) AS figures
