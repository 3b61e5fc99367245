-- The median gross product of the four provinces is 500, (200 + 800) ÷ 2. Q and R are above it and have no dealer; Q lies in
-- the area of Berta's general agency. S has none either, but is poor.
SELECT id, severity, text FROM channel_exceptions ORDER BY id
