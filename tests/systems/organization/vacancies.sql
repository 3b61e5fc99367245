-- North, manager: since mid's last day, 31 August. North, sales: 3 planned from 1 February, then ann and cat: short;
-- bob made it 3 on 10 February; cat's last day is 31 March: since then.
SELECT unit, position, planned, actual, vacant, since FROM organization_vacancies ORDER BY since
