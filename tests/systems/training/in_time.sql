-- as of 2024-04-16
-- Ten working days are left in April: its exam may still come.
SELECT count(*) AS n FROM training_exceptions WHERE id LIKE 'training:month:%'
