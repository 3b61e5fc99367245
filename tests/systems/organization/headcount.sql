-- As of 15 October 2026. North: mid left on 31 August, cat on 31 March: sales ann and bob of 3. South: dan of 1; eve
-- comes in November; fay's position is trainee, which is not planned: 1 above the plan.
SELECT unit, position, planned, actual, gap FROM organization_headcount WHERE month = '2026-10' ORDER BY unit, position
