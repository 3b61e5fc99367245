-- One was supplied two brands; Two wanted one of its two and got none; Three, Four and Six one each.
-- Anna 3 ÷ 2, Ben 2 ÷ 2, Gone 1 ÷ 1, company 6 ÷ 5.
SELECT scope, of, customers AS n, round(choice, 6) AS mean
FROM supply_choice
WHERE scope IN ('company', 'person')
ORDER BY scope, of
