-- a4 from 60 days on at once; Ann came to 2 of 5 weekly meetings, less than half, for her manager. Ben has left.
SELECT id, severity, owner, page, key, since FROM meetings_exceptions ORDER BY id
