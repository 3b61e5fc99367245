-- c was sold to under contract of old to December, of new since: what was sold as exclusive in May counts once, with new.
-- d has no contract.
SELECT customer, dealer, wrong, amount, months FROM channel_false ORDER BY customer
