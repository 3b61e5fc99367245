-- Ten customers with 100 share the first place, two with 50 the eleventh. No file of customers, nothing
-- was ever paid: it is unknown how late.
SELECT worst, count(*) AS invoices, count(paid_late) AS known FROM receivables_customers GROUP BY worst ORDER BY worst
