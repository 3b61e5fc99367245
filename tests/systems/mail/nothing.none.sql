-- for managers
-- A ledger that has only its heads.
SELECT (SELECT count(*) FROM mail_messages) AS messages, (SELECT count(*) FROM mail_reports) AS reports,
       (SELECT count(*) FROM mail_summary) AS sentences
