-- Cat lacks an induction, Ann failed three times, the third on 29 February. March has no exam yet, but one is planned. Who acts is the manager.
SELECT id, severity, cost, owner, text, page, key, since FROM training_exceptions ORDER BY id
