-- as of 2025-02-28
-- Nothing is recorded before 10 March: that old was paid for over a year says nothing of what it brought. All there is to say
-- is that it ends.
SELECT id, text FROM traffic_exceptions UNION ALL SELECT of, text FROM traffic_findings
