-- Ann made 4 visits since January, none with Mia; Cleo 1, together with Ann and Mia. Ben has left.
SELECT manager, person, people_visits AS v, joint_visits AS j, joint_share AS share, last_joint AS last
FROM visits_joint
ORDER BY person
