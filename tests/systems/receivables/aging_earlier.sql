-- as of 2024-02-15
-- A month before: i3 (300), i4 (80) and i7 (40) are not due, i5 for 14 days (400), i2 for 37 (200 −
-- 150), i1 for 76 (100); what was paid and credited later is not seen.
SELECT bucket, invoices, amount
FROM receivables_aging
WHERE scope = 'company' AND invoices > 0
ORDER BY bucket
