-- A single month without orders has no accuracy: nothing can be divided by.
SELECT month, predicted, ordered, counts, prediction_accuracy
FROM demand_accuracy_months
WHERE person = 'a'
ORDER BY month
