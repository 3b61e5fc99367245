-- Won since May 2025 by first order: e and j, both from the fair. h is still potential.
SELECT source, potentials, won_12, ratio(won_12, won_12 + potentials) AS conversion_is
FROM customers_conversions
WHERE scope = 'company'
ORDER BY source
