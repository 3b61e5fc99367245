-- as of 2024-04-26
-- The Friday before the last two working days of April: no exam yet and none planned. On the 16th, with ten left,
-- there was still time; from the 23rd five are left (24, 25, 26, 29, 30).
SELECT id, text, since FROM training_exceptions WHERE id LIKE 'training:month:%'
