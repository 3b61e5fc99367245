-- No contact: no sentence, no point, no figure.
SELECT (SELECT count(*) FROM contacts_findings) AS sentences, (SELECT count(*) FROM contacts_exceptions) AS points,
       (SELECT count(*) FROM contacts_figures) AS figures, (SELECT count(*) FROM contacts_proposal) AS proposed
