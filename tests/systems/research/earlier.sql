-- as of 2026-10-28
-- A day earlier the suggestion has been open for 89 days: no point; c of the 29th is not known yet, but its September
-- price is, so the cut stands.
SELECT id, severity FROM research_exceptions ORDER BY id
