-- Pia: 2 visits of her own, one with Boss, and the one that Boss noted with her: 2 of 3. Quin: the one of Boss alone.
-- Rob: his own, and that of Boss; the one with Sam is no manager's. Sam: one, not with Boss, who was there in January.
SELECT j.manager, j.person, j.people_visits AS v, j.joint_visits AS j, round(j.joint_share, 4) AS share, j.last_joint AS last,
       (SELECT e.text FROM visits_exceptions AS e WHERE e.id = 'visits:joint:boss') AS text
FROM visits_joint AS j
ORDER BY j.person
