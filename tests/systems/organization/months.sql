-- Who came and left, by month: bob in February, cat in March, mid in August, fay in September.
SELECT month, planned, actual, joined, gone FROM organization_months
WHERE scope = 'company' AND month BETWEEN '2026-01' AND '2026-04' ORDER BY month
