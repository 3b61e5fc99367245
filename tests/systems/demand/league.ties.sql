-- February to April, 300 ordered by each. A 330: 1 − 30 ÷ 300 = 0.9, B 270: the same: both first. C 350, errors 0 + 20 +
-- 30 = 50: 0.833333, third; D 350, errors 30 + 10 + 30 = 70: 0.766667, fourth.
-- Bias of a tenth at least, in all months but one: A +10 % in 3 of 3, B −10 % in 3, C +16.7 % in 2 of 3, D +16.7 % in 2.
-- Cost: cartons off × 10.00, the price of all that was sold.
SELECT l.league_place AS place, l.person, round(l.prediction_accuracy, 6) AS total, round(l.prediction_bias, 6) AS bias,
       b.too_much AS more, b.too_little AS less, b.cost
FROM demand_league AS l
LEFT JOIN demand_biased AS b ON b.person = l.person
ORDER BY l.league_place, l.person
