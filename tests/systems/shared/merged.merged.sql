-- c2 became c0 and that c1, anna is ann (a second row of hers is set aside): of 100 + 40 + 5 all are of c1, 100 + 40 + 7 of
-- ann. c3 has 7.
SELECT 'customer' AS whose, customer AS key, sum(revenue_12) AS revenue FROM customer_revenue GROUP BY customer
UNION ALL
SELECT scope, of, revenue FROM revenue_so_far WHERE span = 'year' AND scope IN ('person', 'region')
ORDER BY 1, 2
