-- Both commits are named that came after their month, and that the stock of a is of January.
SELECT row, text FROM forecast_checks
UNION ALL
SELECT rank, text FROM forecast_findings WHERE rank = 65
ORDER BY row
