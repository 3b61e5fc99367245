-- The rows of sales where they have another name.
SELECT day AS date, number, person, good, closed, state, level, amount, pieces
FROM order_lines;
