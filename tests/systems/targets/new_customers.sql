-- c1 since 2024-05, c2 since 2026-03-02 (though it ordered before: customers.csv says since when).
-- c3 has no `since` and ordered first in the first month of sales: nobody can know whether it was
-- new.
SELECT scope, of, month, customers AS new_customers
FROM new_customers_by_month
WHERE scope IN ('company', 'person')
ORDER BY scope, of, month
