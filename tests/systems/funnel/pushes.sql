-- d3: 1 March → 15 March (+14), back to 10 March (no push), → 30 April (+51), → 31 May (+31): three
-- pushes, 96 days. The note of April is not known yet. d6 was due on 25 March: 6 days ago. d6 has
-- not yet passed n1, d3 not a1, d4 not c1.
SELECT deal, first_close, expected_close, pushes, pushed_days, overdue, gates, gate_names, stuck
FROM funnel_troubles
ORDER BY deal
