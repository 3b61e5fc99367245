-- b: stock 1 is half of 2: act now; 1 piece of 10. a: 40 are 2 months, not more than six.
SELECT id, severity, cost, owner, text FROM forecast_exceptions ORDER BY id
