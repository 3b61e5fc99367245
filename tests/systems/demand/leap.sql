-- as of 2024-02-29
-- On the leap day, a Thursday, February's last working day is gone: it is over, and compared.
SELECT (SELECT month FROM demand_closed) AS month, wanted AS w, round(ordered_of_reported, 6) AS part
FROM demand_by_month
WHERE scope = 'company'
