-- Each message as it stands now: its last row. What was given to the server without an answer being noted
-- is uncertain: it may have arrived.
CREATE VIEW mail_messages AS
WITH steps AS (
    SELECT message, state, noted, report, pages, person, email, subject, reply,
           row_number() OVER (PARTITION BY message ORDER BY _row DESC) AS nth
    FROM sent
)
SELECT message, CASE state WHEN 'sending' THEN 'uncertain' WHEN 'over' THEN 'sent' ELSE state END AS state, noted, report,
       pages, person, email, subject, reply
FROM steps
WHERE nth = 1;

-- Who got what of a report: mails by state. Counts.
CREATE VIEW mail_reports AS
SELECT report, count(*) AS mails, sum(CASE state WHEN 'sent' THEN 1 ELSE 0 END) AS mails_sent,
       sum(CASE state WHEN 'sent' THEN 0 ELSE 1 END) AS mails_open, max(noted) AS mailed_on
FROM mail_messages
GROUP BY report;

-- In words. This and what was not delivered join no union (findings, exceptions): a report would then say that it
-- was mailed, be another by it, and be mailed again.
CREATE VIEW mail_summary AS
SELECT CASE
           WHEN sum(mails_open) = 0 THEN t(CASE sum(mails) WHEN 1 THEN 'The one mail of the ledger was delivered.'
                                           ELSE 'All {1} mails of the ledger were delivered.' END, sum(mails))
           ELSE t(CASE sum(mails_open) WHEN 1 THEN '{1} of {2} mails was not delivered.'
                  ELSE '{1} of {2} mails were not delivered.' END, sum(mails_open), sum(mails))
       END AS text
FROM mail_reports
HAVING sum(mails) > 0;
