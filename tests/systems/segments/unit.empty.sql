-- Nobody is of a segment, nothing is counted.
SELECT text FROM segments_unit
