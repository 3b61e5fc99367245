-- One cut, one suggestion open for 90 days, which were full on 29 October (31 July + 90); who answers for the company is y.
SELECT id, severity, cost, owner, page, key, since FROM research_exceptions ORDER BY id
