-- Sunday, 22 March 2026. n1 and n2: launched in the week of Monday, 12 January: 70 days, 10 whole weeks.
-- n1 10 + 30 against e1 of its line, which up to the end of its week 10, 11 May 2025, had sold 50 + 50
-- (the 1,000 of the next day came in week 11): 0.4, after 8 weeks at least: lags. n2 has no earlier
-- launch in its line: the median of e1 (100) and e2 (60, sold the day before its launch) is 80: 0.875.
-- e2 has e1 before it: of another line; 5 May 2025 to now 46 weeks. e1: the first, 55 weeks, compared 52.
SELECT product, weeks, compared, launch_revenue, launch_typical, n, near, round(launch_ratio, 4) AS of_these, lags
FROM products_launch_stand
ORDER BY product
