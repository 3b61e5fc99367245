-- bare has no line: what is measured are the sales of all products without one, and the page says so. l is of a line.
SELECT promotion, promoted FROM promotion_list ORDER BY promotion
