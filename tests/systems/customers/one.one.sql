-- A month of order lines and no customers.csv. The files made of them have their keys as names alone, which is none of 15
-- fields: how complete they are is not known. x, who bought twice and not since the 12th, is not on the way out.
SELECT (SELECT count(*) FROM customers_fields) AS fields, (SELECT count(*) FROM customers_rfm) AS scored,
       (SELECT count(file_completeness) FROM customers_completeness) AS known
