-- as of 2026-01-27
-- While the month runs, who has run out is today's business. Nothing is closed yet, so nobody is measured over months.
SELECT id, severity, cost, owner, since FROM supply_exceptions ORDER BY severity, id
