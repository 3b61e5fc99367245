-- Z alone has a size, and no sales for 12 months: its last are of August 2025, the twelve were full in August 2026.
SELECT id, severity, cost, owner, page, key, text, since
FROM regions_exceptions
