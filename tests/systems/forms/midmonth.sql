-- as of 2024-02-28
-- Ben's of the day can still come; what Ann handed in at 18:01 is late; nothing later is seen.
SELECT form, person, period, state FROM forms_expected WHERE period >= '2024-02' AND form <> 'monthly' ORDER BY form, person, period
