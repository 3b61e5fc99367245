-- Sgg = Spp = 4, so that the plane explains 2² × 4 + 3² × 4 = 52; the errors are 4: R² = 52 ÷ 56. In fen: 1000,
-- 200 and 300. One city is not enough.
SELECT level, fitted_regions, round(fit_explains, 4) AS explained,
       CAST(round(b0) AS INTEGER) || ' ' || CAST(round(b1) AS INTEGER) || ' ' || CAST(round(b2) AS INTEGER) AS text
FROM regions_fits
