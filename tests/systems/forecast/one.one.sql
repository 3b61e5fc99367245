-- October is over, and the only month: its 50.00 (5000 cents) is not carried on, and the page says so.
SELECT f.text, (SELECT count(*) FROM forecast_units) AS units, (SELECT sum(value) FROM forecast_cells WHERE scope = 'company') AS cells
FROM forecast_findings AS f
