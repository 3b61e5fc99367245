-- In time is up to the minute at which it is due, late from the next on; a day without a time is its beginning; of
-- two of one day the first counts; that of a holiday is asked of nobody. Ben left on 29 February: what is due or
-- ends later is not his. Cat came on 28 February: she owes W09 and February, not W08. Hours: 1 minute ÷ 60; 2 × 24 +
-- 9 − 12 = 45; 3 × 24 + 8 − 24 = 56; 24 + 8 − 24 = 8; 24 + 9 − 18 = 15.
SELECT form, person, period, state, round(hours_late, 3) AS hours FROM forms_expected ORDER BY form, person, period
