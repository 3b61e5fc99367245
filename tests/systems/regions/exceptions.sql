-- Z alone has a size, and no sales.
SELECT id, severity, cost, owner, page, key, text
FROM regions_exceptions
