-- Shares that start together make 100 %, whatever others of the order or deal started before: nothing is wrong.
SELECT text FROM shared_checks
