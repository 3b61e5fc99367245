-- 31 July to 29 October: 90 days; 1 August: 89. Without a state it is open.
SELECT date, person, state, days FROM research_suggestions ORDER BY date
