-- as of 2022-12-31
-- The day before the first contract.
SELECT (SELECT count(*) FROM channel_dealers) AS dealers, (SELECT count(*) FROM channel_exceptions) AS points,
       (SELECT max(dealers_closing) FROM channel_movement) AS closing,
       (SELECT count(*) FROM channel_findings WHERE rank <> 183 AND rank <> 184) AS sentences
