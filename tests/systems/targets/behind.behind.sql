-- As of 20 May: of the company's and Xaver's 100 a month, 100, 180, 300 and 360 had come by the ends of January to April, 410 now, of
-- 400 + 100 × 14 ÷ 21 = 466.67. 95 % was missed in February (180 of 200), reached again in March, and missed since Thursday 30
-- April (360 of 400); Xaver's 90 % is just kept in April, so he is behind since May. Yves has sold nothing since January, which
-- closed on the 30th; his calls are 20 of 20 in February and 20 of 30 on 31 March.
SELECT id, since FROM targets_exceptions WHERE id LIKE 'targets:year:%' ORDER BY id
