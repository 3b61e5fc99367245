-- Monday 26 February to Sunday 3 March 2024 are seven days, as there is a 29th; two weeks after, at least. Without order lines
-- nothing is known of what it brought.
SELECT promotion, days AS n, after_first, after_last, state FROM promotion_list
