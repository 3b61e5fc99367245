-- Each of twelve owes the forms of three days, but p12 two: ten lines, and one for p11.
SELECT id, text, page, key FROM forms_exceptions WHERE page = 'forms' OR key IN ('p10', 'p11', 'p12') ORDER BY id
