-- a: 400 after 1000 is less than half; c: lost, since in March 2026 its order of
-- 3 March 2025 was no more among those of 12 months. i is known to be lost, h has never bought. Ben has
-- left, so that who answers for the region acts. Dormant besides: e and d, since the 91st day after their
-- last orders of 1 December and 20 April.
SELECT id, severity, cost, owner, page, key, since
FROM customers_exceptions
ORDER BY severity, cost DESC
