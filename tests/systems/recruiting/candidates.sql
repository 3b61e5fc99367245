-- Ann 31 + 9 days from 1 December to 10 January = 40; Ben 16 + 29 = 45 to the leap day; Old is known, but not of the last
-- 12 months. Cat was scored, so she was interviewed; of Dee only the application is known. Gil's refusal of 20 March
-- is not known yet: open. Ida applies later. Who has left is followed by the manager; Gil has nobody: the boss.
SELECT candidate, stage, is_open, reached, waits, days_to_hire, recent, actor FROM recruiting_candidates ORDER BY candidate
