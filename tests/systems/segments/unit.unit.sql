-- Pieces are bought by Z alone, who is of no segment, and of the product without a unit nothing: what the segments bought are cartons.
SELECT text FROM segments_unit
