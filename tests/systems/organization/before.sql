-- as of 2026-02-05
-- Before bob came: 3 planned from 1 February, ann and cat are here, so one is vacant since that day.
SELECT unit, position, planned, actual, vacant, since FROM organization_vacancies ORDER BY since
