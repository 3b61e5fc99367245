-- By due month, on time ÷ due. February: Ann 4 of 5, Ben 2 of 5, Cat 1 of 2, Dan 0 of 1; together 7 of 13. March,
-- without Ann's of the 6th, which can still come: Ann 2 of 5, Cat 2 of 6, Dan 0 of 1; together 4 of 12. Team T and
-- south: Ann, Ben, Cat: 7 of 12 and 4 of 11. Up to the 6th of February only January's was due: 1 of 3 (T: 1 of 2).
SELECT month, scope, of, forms_due, forms_on_time, forms_late, forms_missing, round(form_punctuality, 4) AS r4,
       round(punctuality_up_to_day, 4) AS u4
FROM forms_by_month
ORDER BY month, scope, of
