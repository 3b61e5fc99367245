-- What bought most comes first: trade 61 with 30, trade 50 with 20, then those without sales by name.
SELECT axis, field, seq, fields
FROM market_map_fields
WHERE seq IN (1, 2, 3, 61)
ORDER BY axis, seq
