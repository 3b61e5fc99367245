-- Eight of the last 12 months: five interviewed (Ann, Ben, Cat, Eve, Fay), three with an offer or hired; decided four, two
-- of them hired: 2 ÷ 4. The median of 40 and 45 days; in the 12 months before, 30. A friend sent three, one of them
-- decided. Of clerks none is decided: no rate.
SELECT part, of, applicants, interviewed, offered, hires, turned_away, withdrawals, open_candidates, waits, hire_rate,
       hire_rate_n, time_to_hire, timed_hires, time_before
FROM recruiting_groups
ORDER BY part, of
