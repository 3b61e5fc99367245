-- Berta: exclusive in May, under a shop contract that is not (1), in February, under none (2), and bulk in
-- December, under an exclusive one (3). Anton: bulk in October (3). Caesar: after his contract (2).
SELECT dealer, wrong, amount, months, first_month
FROM channel_false
ORDER BY wrong, dealer
