-- mid has left: top, their manager, acts for them. cat and eve are not here.
SELECT person, parent, label FROM organization_chart ORDER BY person
