-- Came 200 + 300 = 500. Word: |250 − 200| + |330 − 300| = 80: accuracy 0.84, bias 80 ÷ 500. Funnel: 60 +
-- 300 = 360: 0.28, −0.72. Model: 50 + 125 = 175: 0.65, −0.35. One person is the whole company.
SELECT scope, side, grain, periods, too_high, accuracy, bias FROM forecast_record ORDER BY scope, side
