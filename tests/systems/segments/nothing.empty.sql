-- Customers without circle, category and status: no segments.
SELECT (SELECT count(*) FROM segments_groups) AS groups, (SELECT count(*) FROM segments_findings) AS findings,
       (SELECT count(*) FROM segments_figures) AS figures
