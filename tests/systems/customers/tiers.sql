-- Three A (h is potential and left out), four B, two C. By revenue: b 500, a 400, g 110 are the first
-- three: A. e and f share place 4, j has 6, c d i share 7: B, of which the last place is 7.
SELECT customer, tier, tier_by_revenue, tier_steps
FROM customers_tiers
ORDER BY customer
