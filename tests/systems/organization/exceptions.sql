-- From 31 March to 15 October: 30 + 31 + 30 + 31 + 31 + 30 + 15 = 198 days; the manager's 45 days are no exception.
-- A point since the 91st day: 31 March + 91 = 30 June.
SELECT id, severity, owner, text, since FROM organization_exceptions
