-- Two was refused 5 cartons of 10.00 each. Ben uses 20 ÷ 40 = 50 %, the others 36 ÷ 45 = 80 %: less than three quarters
-- of that. Of his supply 24 ÷ 24 came from the 21st on, where 8 ÷ 22 = 36 % of the working days lie. Gone's customer
-- ran out, too, but Gone has left. Of Garden 9 cartons are unmet, too few to be told.
SELECT id, severity, cost, owner, text, page, key, since FROM supply_exceptions ORDER BY severity, id
