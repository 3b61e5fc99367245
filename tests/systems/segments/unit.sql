-- No product is known here.
SELECT text FROM segments_unit
