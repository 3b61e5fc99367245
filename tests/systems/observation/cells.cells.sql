-- for managers
-- Ora has no manager and no people: not a head, but a cell left empty; who answers for the company, whose people are
-- most, talks with her, and her follow-up counts. Boss and Dora are heads.
SELECT p.person, p.observer, p.days_quiet, n.open_follow_ups AS open_n
FROM observation_people AS p
JOIN observation_now AS n ON n.scope = 'company'
ORDER BY p.person
