-- c: from 8 weeks before, week 0 is its own, then the two after.
SELECT group_concat(concat(week, ':', round(ratio(amount, 100), 0)), ' ') AS weeks
FROM (SELECT week, amount FROM promotion_weeks WHERE promotion = 'c' ORDER BY week)
