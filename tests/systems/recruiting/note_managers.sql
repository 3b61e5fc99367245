-- for managers
SELECT note AS candidate_note FROM candidates WHERE candidate = 'Fay'
