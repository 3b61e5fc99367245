-- as of 2027-04-25
-- A year later nothing was won; up to the same day of the quarter before d6 was, on 20 April, of the year before d1 and d6,
-- of which the first deals are known from its first month on.
SELECT grain, name, value, before
FROM funnel_period_figures
WHERE scope = 'company' AND name = 'won_value'
ORDER BY grain
