-- March so far 63.33 against 52.38: 20.9 % above. The year: 263.33 against 242.38 to date, 8.6 %
-- above; 936.67 are left for 208 working days: 4.50 each; so far 263.33 ÷ 52 = 5.06.
SELECT rank, text FROM targets_findings WHERE scope = 'company' ORDER BY rank
