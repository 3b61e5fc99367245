SELECT duty, accountable, responsible, consulted, informed FROM organization_duties ORDER BY seq
