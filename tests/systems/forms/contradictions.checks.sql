-- A role that nobody has beside one with quotes that p has; a weekday for each day; two rows of a and one of b for
-- periods that are none of theirs; a has no fields; two choices of nothing beside one of two.
SELECT severity, tbl, row, text FROM forms_checks ORDER BY tbl, row, text
