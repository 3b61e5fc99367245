-- January left 10 − 4 = 6, February opens with 7; then 9 of 7 are shipped. Weeks are not scored.
SELECT severity, tbl, row, text FROM forecast_checks ORDER BY text
