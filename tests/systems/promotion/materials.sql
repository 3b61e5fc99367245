-- Rates are of the pieces planned; without any there is no rate.
SELECT promotion, material, round(displayed_rate, 6) AS part, lacking FROM promotion_materials ORDER BY promotion, material
