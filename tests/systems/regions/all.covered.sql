-- Both counties have a dealer: that is said, and not that 0 have none.
SELECT rank AS at, text FROM regions_findings WHERE scope = 'company'
