-- Ann's buyers are c1 and c2: orders since January 3 ÷ 3 ÷ 2 = 0.5; theirs 1 ÷ 3 ÷ 2 = 0.1667; ours 3 ÷ 3 ÷ 2 = 0.5.
SELECT person, buyers AS n, round(orders_a_month, 4) AS orders, round(their_contacts_a_month, 4) AS theirs,
       round(visits_a_month, 4) AS ours
FROM customers_contact
ORDER BY person
