-- Scores 50, 60, 70, 80, 90; attainment 0.8, 0.9, 0.7, 1.1, 1.0. Deviations −20, −10, 0, 10, 20 and −0.1, 0, −0.2, 0.2, 0.1:
-- their products make 2 + 0 + 0 + 2 + 2 = 6, their squares 1000 and 0.1: r = 6 ÷ √100 = 0.6.
-- artanh 0.6 = ½ ln 4 = 0.693147; 1.959964 ÷ √2 = 1.385904; tanh of −0.692757 and 2.079051.
SELECT n, round(r2, 6) AS r2_of, round(r, 6) AS pearson, round(low, 4) AS lo, round(high, 4) AS hi FROM training_correlation
