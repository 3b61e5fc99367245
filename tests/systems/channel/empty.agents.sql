-- Of the cities the richest first: E City, C City, D City have none; C and D lie in an agent's area.
SELECT rank, text FROM channel_findings WHERE rank IN (183, 184) ORDER BY rank
