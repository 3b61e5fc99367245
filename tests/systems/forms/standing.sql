-- March; and January to March: Ann 2 + 4 of 10, Ben 2 of 5, Cat 2 + 1 of 8, Dan 0 of 2, all 11 of 25. Ben had nothing
-- due in March: not known, not 0.
SELECT of, form_punctuality_n, round(form_punctuality, 4) AS r4, punctuality_3_n, round(punctuality_3, 4) AS q4
FROM forms_standing
WHERE scope IN ('company', 'person')
ORDER BY of
