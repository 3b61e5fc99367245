-- One rollup, said otherwise; the book's dates are put in.
SELECT to_char(day, 'YYYY-MM') AS month, sum(amount) AS amount
FROM order_lines
WHERE day >= :since AND day <= :as_of
GROUP BY to_char(day, 'YYYY-MM')
