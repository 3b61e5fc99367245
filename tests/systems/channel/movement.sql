-- Opening + joined − left = closing. Anton's contracts follow each other; Berta had none in January and
-- February 2026, so she left and came back; Caesar's ended on 30 September, he has left in October.
-- Upgrades: Anton bulk to shop, shop to city; a downgrade: Berta city to shop.
SELECT month, dealers_opening, dealers_joined, dealers_left, dealers_closing, dealers_rose, dealers_fell
FROM channel_movement
WHERE dealers_joined + dealers_left + dealers_rose + dealers_fell > 0
ORDER BY month
