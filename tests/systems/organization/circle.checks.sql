-- Who stands in a circle stands at the top of the chart; d below a.
SELECT person, parent FROM organization_chart ORDER BY person
