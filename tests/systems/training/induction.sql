-- Thirty days after 1 February 2024 is 2 March, as there is a 29th: Ben's is just in time. Cat's 30 days were over on
-- 9 February; Eve's go on to the 31st of March. Ann, Dan and Fay came before training is recorded.
SELECT person, induction_days AS d, due_on AS due_date, state AS how FROM training_induction ORDER BY person
