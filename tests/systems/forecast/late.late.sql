-- What ann said of January in February is no word; of February holds 130, of the 27th, and not what she said in March.
-- February: |130 − 100| ÷ 100 = 0.3: accuracy 0.7. The quarter: |400 − 300| ÷ 300: 0.6667, bias 0.3333. The model says
-- 100 a month.
SELECT grain, side, periods, said, came, round(accuracy, 4) AS accuracy, round(bias, 4) AS bias
FROM forecast_record
WHERE scope = 'person'
ORDER BY grain, side
