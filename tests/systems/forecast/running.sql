-- as of 2026-03-30
-- A working day of March is left: it is not whole, and February is the last month. a: (10 + 20) ÷ 2.
SELECT of, month, mean FROM forecast_units WHERE scope = 'product' ORDER BY of
