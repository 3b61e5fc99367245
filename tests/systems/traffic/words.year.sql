-- March up to the 15th: over 9 and long 12, 21 in all; February up to the 15th: over 10 + 11, 21. Neither more nor
-- fewer, so no placement is most of the change.
SELECT text FROM traffic_findings WHERE rank = 3
