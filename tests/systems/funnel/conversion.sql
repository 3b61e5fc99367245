-- Contact: six entered (d1–d6); d1, d2, d3 and d6 went on, d5 was lost, d4 is open: 4 ÷ 5 = 0.8.
-- Acceptance: d1 was won, d2 lost, d3 is open: 1 ÷ 2. d6 skipped acceptance: it never entered.
-- Negotiation: only d6, open: unknown.
SELECT stage, entered, went_on, dropped, still_open, conversion
FROM funnel_conversion
WHERE scope = 'company'
ORDER BY seq
