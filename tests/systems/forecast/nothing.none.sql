-- Without orders nothing is forecast, and no word can be set against anything.
SELECT (SELECT count(*) FROM forecast_steps) AS steps, (SELECT count(*) FROM forecast_production) AS production_n,
       (SELECT count(*) FROM forecast_record) AS record_n, (SELECT count(*) FROM forecast_exceptions) AS exceptions_n
