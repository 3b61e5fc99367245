-- w is asked for since it first came in, on 3 June: the Mondays after W22 to W25, of which 10 June is a holiday. u on
-- each month's last working day since April. q never came in, so it counts from the first day on which any form did:
-- the last Friday of June, not that of May. old ended with February.
SELECT form, period, due_day FROM forms_periods WHERE due_day <= '2024-06-28' ORDER BY form, period
