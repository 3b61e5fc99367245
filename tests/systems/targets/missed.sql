-- as of 2026-02-28
-- A Saturday: February closed on Friday, the 27th. The south, whose customer bought nothing, is below its target.
SELECT id, severity, since FROM targets_exceptions WHERE id LIKE 'targets:month:%' ORDER BY id
