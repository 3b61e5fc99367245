-- for managers
-- Daily: m5 of m4 to m7 was delivered; monthly: m1 and m2 of three. In words: 7 − 3 = 4 were not.
SELECT r.report, r.mails, r.mails_sent, r.mails_open, r.mailed_on, s.text
FROM mail_reports AS r
JOIN mail_summary AS s
ORDER BY r.report
