-- The year needs 2000 − 800 = 1200 more; open and due by its end 300.01 + 400 + 600 = 1300.01 (d6
-- is overdue but open): 1.0833; weighted 490 ÷ 1200 = 0.4083. The quarter has no target of its own,
-- but a share of the year's.
SELECT grain, remaining, due_value, due_weighted, round(coverage, 4) AS coverage, round(weighted_coverage, 4) AS weighted_coverage
FROM funnel_coverage
WHERE scope = 'company' AND grain = 'year'
