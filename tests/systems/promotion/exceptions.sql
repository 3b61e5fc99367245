-- e runs: of 10 posters 4 are up (of 2 stands 1, which is half); 30 over its budget. c moved sales: 200 spent for 100; a brought
-- 30 for 60. b paid off. What came of c and a is known when the two weeks after are over, on 22 and
-- 25 February. In the north Mia acts, in the south and for the whole the head.
SELECT id, severity, cost, owner, text, page, key, since FROM promotion_exceptions ORDER BY severity, cost DESC, id
