-- Cartons, pieces, and a product whose unit nobody wrote down.
SELECT text FROM segments_unit
