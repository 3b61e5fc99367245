-- Ben's customers: 2 of 10, at most 51 %, where Anna's are 8 of 10. Nobody is biased: there is one month only. The five
-- of the village report nothing themselves.
SELECT id, severity, cost, owner, text, page, key, since FROM demand_exceptions ORDER BY severity, id
