-- Key brands a and n. Year: (180 + 90) ÷ 695.70, the line without a product does not count; last
-- year 100 ÷ 531. x sold a, c, d, n: 270 ÷ 385.70, last year 100 ÷ 181; z none: 0 of 310 (and 0 ÷ 350).
SELECT scope, of, key_revenue, round(key_brand_share, 4) AS share, round(share_before, 4) AS share_before
FROM products_key_share
WHERE scope IN ('company', 'person')
ORDER BY scope, of
