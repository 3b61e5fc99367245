-- The same by product; of each, last year + its effects = this year.
SELECT product, sold, before, price_effect, volume_effect, mix_effect, revenue,
       before + price_effect + volume_effect + mix_effect + new_effect + gone_effect + other_effect - revenue AS rest
FROM products_effects
WHERE scope = 'company'
ORDER BY product
