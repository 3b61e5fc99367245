-- In 90 days, from 1 August on: iron 2 by two people, on 31 July 1 before them; tax 2 by one.
SELECT kind, subject, notes_90, notes_before_90, noted_by, latest_text
FROM (SELECT kind, subject, notes_90, notes_before_90, noted_by, latest AS latest_text FROM research_subjects)
WHERE kind <> 'product suggestion'
ORDER BY kind, subject
