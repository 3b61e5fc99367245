-- Ada has three steps overdue, Bob two, Cem, Dee and Eve one each, Eve's of the 7th the oldest of these; hers of the
-- 10th is of today.
SELECT text FROM visits_overdue_words
