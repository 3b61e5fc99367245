SELECT scope, of, rank, text FROM promotion_findings WHERE of <> 'all' ORDER BY scope, of, rank
