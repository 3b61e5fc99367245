-- Before the first order: a file, and nothing to say of revenue.
SELECT (SELECT count(*) FROM customers_exceptions) AS points, (SELECT count(*) FROM customers_abc) AS classes,
       (SELECT count(*) FROM customers_rfm) AS scores, (SELECT count(*) FROM customers_change_words) AS words,
       (SELECT count(*) FROM customers_retention) AS kept, (SELECT count(*) FROM customers_files) AS kept_files
