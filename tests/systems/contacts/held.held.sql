-- P with Q in it is Cat's by territories.csv: k1 and k2 are hers, though Ann has a customer in Q and works there; Ben's time
-- in P is over. R was Dan's, who has left: k3 goes to who has customers there, Ben with 1 before Ann with 2. k4 has no
-- region: to who has customers at home, Ben and Ann with 2 each by now, so the first.
SELECT contact, person FROM contacts_proposal ORDER BY contact
