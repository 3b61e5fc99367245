-- What a to d and f brought, each with its share: 160 + 140 + 90 + 30 + 25 = 445, for 60 + 40 + 30 + 10 + 5 = 145. Of e, k and m
-- the cost is not known.
SELECT promotions_over, spent_known, net_uplift, known FROM promotion_year WHERE scope = 'company'
