-- Came ÷ invited where it is known. Ann: February 2 of 5 (w3, leap day), March 1 of 1; Ben 2 of 3. Boss's of w5 is not
-- known, w6 is still to come.
SELECT month, scope, of, invited, attended, round(meeting_attendance, 4) AS r4
FROM meetings_by_month
ORDER BY month, scope, of
