-- A table without rows, and nothing sold: nothing is known, nothing is said, nothing is to do.
SELECT (SELECT count(*) FROM market_cells) AS cells, (SELECT count(*) FROM market_people) AS people_rows,
       (SELECT count(*) FROM figures WHERE system = 'market') AS figures_rows,
       (SELECT count(*) FROM market_findings) AS findings_rows, (SELECT count(*) FROM market_exceptions) AS exceptions_rows
