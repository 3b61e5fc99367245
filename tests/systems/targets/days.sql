-- as of 2026-03-11
-- A Wednesday; Monday is a day off, so two of March's 21 working days are gone in this week. Yesterday: o6.
-- This week: o6; the week before up to its Wednesday: o5, 33.33, half Ann's and half Ben's, 16.67 and 16.66.
-- Plan of the week: company 110.00 × 2 ÷ 21 = 10.48; Ann 40.00 × 2 ÷ 21 = 3.81; Ben 25.00 × 2 ÷ 21 = 2.38.
-- Behind, 7 of 21 days gone: company 53.33 − 36.67; Ann 16.67 − 13.33; Ben 16.66 − 8.33.
SELECT scope, of, revenue_yesterday, revenue_week, week_before, week_plan, week_gap, revenue_month, plan_to_date, behind
FROM targets_days
ORDER BY scope, of
