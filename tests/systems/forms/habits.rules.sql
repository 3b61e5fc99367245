-- Ada: 3 of 4 late. Whoever leads her has left, so it is for the manager of Max. Bob, whose first day is not known,
-- lacks W22, W24 and W25. Nobody handed in u in April and May (June's is due today): 2 × 2. old is over.
SELECT id, severity, owner, page, key, since, text FROM forms_exceptions ORDER BY id
