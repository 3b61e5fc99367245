-- Sales per shop of the company: (450 + 180) ÷ (2 + 4); Fred, without shops, does not count there.
SELECT scope, of, dealers, exclusive_dealers, shops, sales_per_shop, dealers_ill
FROM channel_sums
ORDER BY scope, of
