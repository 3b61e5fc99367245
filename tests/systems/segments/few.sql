-- as of 2025-06-09
-- The day before the orders of June 2025: of the 12 months nobody but j has bought, and one is no
-- segment to compare with.
SELECT (SELECT count(*) FROM segments_compared) AS compared, (SELECT count(*) FROM segments_outliers) AS outliers
