-- The same week is promoted twice, under one name.
SELECT promotion, name FROM promotion_list ORDER BY promotion
