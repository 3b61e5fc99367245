-- a1: 10 February to 6 March is 25 days. a4 is Ben's, who has left: Boss acts for him; 1 December to 6 March 96 days. a5
-- is due today: not overdue. a7 is not decided yet. a8 was done after the as-of date, so it is open and 1 day overdue.
SELECT action, owner, acting, days, in_time FROM meetings_actions ORDER BY action
