-- Where results.csv has a month, it is what was reached: 9 in February, though visits.csv has 1.
SELECT month, value AS n FROM targets_actuals WHERE scope = 'company' AND kind = 'visits' ORDER BY month
