-- November 2025 to October 2026. North: mid, ann and cat for 1 + 2 planned; in February bob, for a third in sales. cat's
-- last day is the end of March, on which she counts no more, mid's that of August: 3 of 4 from March, 2 of 4 from
-- August, eight months off. South: dan for 1, from September with fay, whose position nobody planned: 2 of 1, two months
-- off. The whole is both and top: 2 + 2 + 1 = 5 of 6 in September.
SELECT of, month, headcount_of_plan AS h, months_off AS off
FROM organization_plan_months
WHERE month IN ('2025-11', '2026-02', '2026-03', '2026-07', '2026-08', '2026-09', '2026-10') AND of <> 'Head office'
ORDER BY of, month
