-- Of the company's 140 of last year 90 had come by 16 March, so of everybody's year 90 ÷ 140 counts as gone. ann has 90 + 10 and
-- half of o5, 16.67: 116.67 × 140 ÷ 90 = 181.49, though all of her own last year had come by then; ben 110 + 16.66 = 126.66:
-- 197.03, though nothing of his had; cat 20 × 140 ÷ 90 = 31.11. The quarter goes by working days, 52 of 63:
-- 116.67 × 63 ÷ 52 = 141.35.
SELECT kind, of, grain, actual, round(season, 6) AS season, forecast
FROM targets_periods
WHERE kind = 'revenue' AND scope = 'person' AND (grain = 'year' OR grain = 'quarter' AND of = 'ann') AND of IN ('ann', 'ben', 'cat')
ORDER BY grain DESC, of
