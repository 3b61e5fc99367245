-- as of 2026-03-21
-- A day earlier the tenth week is not whole: nine count, and n1 has its first 10 of them.
SELECT product, weeks, launch_revenue FROM products_launch_stand WHERE product IN ('n1', 'n2') ORDER BY product
