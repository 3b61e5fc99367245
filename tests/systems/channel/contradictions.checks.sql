-- status 1
SELECT severity, row, text FROM channel_checks ORDER BY severity, row, text
