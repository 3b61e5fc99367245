-- What holds in March, each region's row beside the company's, and what was changed, in place of what held there
-- until then: in West the company's rows of February.
SELECT 'now' AS which, coalesce(region, '-') AS region, measure, from_month, weight, full, NULL AS rule_before
FROM appraisal_rules_now
UNION ALL
SELECT 'changed', coalesce(region, '-'), measure, from_month, weight, full, rule_before
FROM appraisal_rule_changes
ORDER BY which DESC, region, measure, from_month
