-- A day that is missing is not told, nor days from an application after the decision. Cat waits since 10 February: 34.
SELECT text FROM recruiting_candidate_words ORDER BY candidate
