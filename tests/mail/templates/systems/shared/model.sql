CREATE VIEW names AS
SELECT 'person' AS kind, person AS key, name FROM people WHERE name IS NOT NULL;
