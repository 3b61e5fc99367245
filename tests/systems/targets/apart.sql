-- as of 2026-03-11
-- Why −/+ of the company is not that of its people. 7 of March's 21 working days are gone: of the company's 110.00 that is
-- 36.67, of Ann's 40.00 13.33, of Ben's 25.00 8.33; 36.67 − 13.33 − 8.33 = 15.01. Revenue 53.33, of which Ann and Ben have
-- 33.33; the 20.00 of Cat, who has no plan, are the rest. 16.66 = (16.67 − 13.33) + (16.66 − 8.33) − 15.01 + 20.00.
SELECT behind, plan, revenue, text FROM targets_apart
