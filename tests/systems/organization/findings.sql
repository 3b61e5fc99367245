SELECT rank, text FROM organization_findings ORDER BY rank
