-- Nobody is known to be invited, nothing was decided: nothing is said.
SELECT (SELECT count(*) FROM meetings_standing) + (SELECT count(*) FROM meetings_findings) + (SELECT count(*) FROM meetings_exceptions) AS n
