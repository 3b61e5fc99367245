-- as of 2024-02-20
-- Before Ben accepted he was open, for 36 days, and nobody knows how far he had come but that he was interviewed.
SELECT candidate, stage, is_open, reached, waits, days_to_hire FROM recruiting_candidates WHERE candidate IN ('Ann', 'Ben') ORDER BY candidate
