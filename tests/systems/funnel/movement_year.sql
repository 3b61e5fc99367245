-- From 31 December: all are new. Where they stand or ended: d1 won from acceptance, d2 lost from
-- acceptance, d5 lost from contact. Each counts once: contact 2 new (d4, d5) − 1 lost = 1;
-- acceptance 3 (d1, d2, d3) − 1 − 1 = 1.
SELECT stage, opening, arrived, moved_in, moved_out, won, lost, closing
FROM funnel_movement
WHERE scope = 'company' AND span = 'year'
ORDER BY seq
