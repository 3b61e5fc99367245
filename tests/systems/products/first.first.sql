-- One product in the first month of all: nothing to compare with, so no bridge, no class by months, no launch.
SELECT product, price_unit, price_before, abc, xyz, (SELECT count(*) FROM products_bridge) AS bridges,
       (SELECT count(*) FROM products_findings) AS findings, (SELECT count(*) FROM products_exceptions) AS points
FROM products_items
