-- a has no fields, so b alone can be had as a blank: who fills it in, then its four fields in the order of the file, of one
-- line each. A hint of a choice is what to choose from.
SELECT b.form, b.name, a.seq, a.field, a.type, a.lines, a.hint, a.choices
FROM forms_blank AS b
JOIN forms_asked AS a ON a.form = b.form
ORDER BY b.seq, a.seq
