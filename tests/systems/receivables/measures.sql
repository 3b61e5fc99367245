-- Ann in February and March: collected 160 and 80 of 100 each; overdue and its share as in months and
-- scopes, without i10; paid_late of February (32 × 150 + 17 × 10) ÷ 160 = 31.06, of March (−80 − 600) ÷
-- 120 = −5.67. Ben has only what came in November. Collections come from the targets, once.
SELECT person, month, measure, round(value, 4) AS number
FROM measures
WHERE system IN ('receivables', 'targets') AND measure IN ('collections', 'collection_rate', 'overdue_share', 'paid_late')
  AND (month >= '2024-02' OR measure = 'paid_late') AND (person = 'ann' OR month = '2023-11')
ORDER BY person, measure, month
