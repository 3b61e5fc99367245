-- e2 was sold on 6 May 2025, launched on the 7th.
SELECT tbl, row, text FROM products_checks
