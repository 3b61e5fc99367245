-- d2 for its price, d5 without a word.
SELECT reason, deals, amount FROM funnel_losses WHERE scope = 'company' ORDER BY amount DESC, reason
