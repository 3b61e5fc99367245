-- Gross product is twice the inhabitants everywhere: they say the same, and no plane is the best.
SELECT (SELECT count(*) FROM regions_fits) AS fits, (SELECT count(*) FROM regions_white) AS regions,
       (SELECT count(*) FROM regions_exceptions) AS points, (SELECT count(*) FROM regions_covered) AS covered
