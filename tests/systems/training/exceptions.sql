-- Cat lacks an induction, Ann failed three times. March has no exam yet, but one is planned. Who acts is the manager.
SELECT id, severity, cost, owner, text, page, key, since FROM training_exceptions ORDER BY id
