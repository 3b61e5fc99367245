-- Order lines since October: 3 orders of 2 customers in 2 months, 3 ÷ 2 ÷ 2, not ÷ 12.
SELECT person, buyers, orders_a_month FROM customers_contact
