-- Nobody and no plan: no headcount, no turnover (nothing ÷ nothing).
SELECT (SELECT count(*) FROM organization_vacancies) AS vacant, (SELECT turnover FROM organization_turnover WHERE scope = 'company') AS turnover,
       (SELECT count(*) FROM organization_figures) AS figures, (SELECT count(*) FROM organization_chart) AS chart
