-- f1 abroad would be given to Cat; b1 is Ben's. f2 was contacted. Nine of thirteen have no owner.
SELECT id, severity, owner, text
FROM contacts_exceptions
ORDER BY severity, id
