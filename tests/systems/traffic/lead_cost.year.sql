-- long costs 1.00 a day. March 2026 up to the 15th: 15.00 for 3 leads, 5.00 each. March of last year up
-- to the 15th: 15.00 for the 5 leads of the 10th, 3.00 each; the whole 31.00 stand against all its 8.
SELECT 'running' AS which, value, before FROM traffic_scope_figures WHERE name = 'lead_cost'
UNION ALL
SELECT 'last year, whole', lead_cost, NULL FROM traffic_totals WHERE month = '2025-03'
