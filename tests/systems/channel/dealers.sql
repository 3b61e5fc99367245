-- Revenue of November 2025 to 15 October 2026, and of the same period of last year: Anton 300 + 100 + 50
-- = 450 after 100 (the 40 of 20 October 2025 lie behind the day); Berta 60 + 30 + 90 = 180 after 400.
-- Sales per shop = 450 ÷ 2 and 180 ÷ 4. Order months of May to October: June and October; May.
-- Dora's contract begins on 20 October only; Fred, since a leap day, is no customer. Ben has left, Boss acts.
SELECT dealer, dealer_level, active, owner, revenue_12, before, sales_per_shop, order_months
FROM channel_dealers
ORDER BY dealer
