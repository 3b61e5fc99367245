-- Who got what is for managers: no union says it to others, nor to managers, for a report that did would change by
-- being mailed.
SELECT (SELECT count(*) FROM exceptions WHERE system = 'mail') AS exceptions_rows,
       (SELECT count(*) FROM findings WHERE system = 'mail') AS findings_rows,
       (SELECT count(*) FROM scope_figures WHERE system = 'mail') AS figures_rows,
       (SELECT audience FROM data_tables WHERE tbl = 'sent') AS audience
