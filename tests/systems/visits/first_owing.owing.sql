-- as of 2024-03-02
-- Of all steps one is overdue, Ada's of the 1st.
SELECT text FROM visits_overdue_words
