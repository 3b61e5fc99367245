-- Each of two tells of the other; those to come too.
SELECT p.promotion, p.other, p.common_first, p.common_last, p.common_days, v.promotion_verdict AS told
FROM promotion_pairs AS p
JOIN promotion_verdicts AS v ON v.promotion = p.promotion
ORDER BY p.promotion, p.other
