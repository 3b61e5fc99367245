-- From 31 March to 15 October: 30 + 31 + 30 + 31 + 31 + 30 + 15 = 198 days; the manager's 45 days are no exception.
SELECT id, severity, owner, text, since FROM organization_exceptions
