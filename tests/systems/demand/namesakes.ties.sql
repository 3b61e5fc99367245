-- c and d are both called D and have no region: the sentence says which of them is meant.
SELECT text FROM demand_findings WHERE scope = 'company' AND rank = 263
