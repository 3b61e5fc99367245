-- With an order in December 2025 to November 2026: a (what it bought came back in full, 300 − 300), b and d; c only gave back, e bought
-- before. In the 12 months before: a alone, for d only gave back and e's order of 2 November 2024 is older.
SELECT scope, of, value, concat(before) AS earlier FROM shared_scope_figures WHERE name = 'active_customers' ORDER BY scope, of
