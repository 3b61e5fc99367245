-- Of 1,220: b 500; a 900 ÷ 1220; g crosses 80 % (larger ones 900 ÷ 1220 = 73.8 %) and is still A; e
-- and f share a place, larger ones 1010 ÷ 1220 = 82.8 %; j: 1210 ÷ 1220 = 99.2 %.
SELECT customer, place, round(cumulated, 4) AS cumulated, abc
FROM customers_abc
WHERE span = 'now'
ORDER BY place, customer
