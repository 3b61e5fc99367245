-- No dealer: no figure of dealers, no province without one, nothing to act on.
SELECT (SELECT count(*) FROM channel_exceptions) AS points, (SELECT count(*) FROM channel_regions) AS regions,
       (SELECT count(*) FROM channel_movement) AS months, (SELECT count(*) FROM channel_measures) AS measures,
       (SELECT group_concat(name) FROM channel_figures) AS figures
