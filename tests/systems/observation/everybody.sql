-- Of all this everybody else sees nothing: no figure, sentence or exception comes from it, and neither its rows nor
-- its latest day are told.
SELECT (SELECT count(*) FROM figures WHERE system = 'observation') AS figures_rows,
       (SELECT count(*) FROM scope_figures WHERE system = 'observation') AS scope_rows,
       (SELECT count(*) FROM findings WHERE system = 'observation') AS findings_rows,
       (SELECT count(*) FROM exceptions WHERE system = 'observation') AS exceptions_rows,
       t.seen, t.latest, t.audience, s.audience AS whose, w.audience AS word_is
FROM data_tables AS t
JOIN data_systems AS s ON s.system = 'observation'
JOIN data_words AS w ON w.name = 'days_quiet'
WHERE t.tbl = 'observations'
