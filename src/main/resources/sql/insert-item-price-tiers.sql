INSERT INTO item_price_tier (item_id, start_quantity, price, promotion_price)
VALUES (:#itemId, :#startQuantity, :#price, :#promotionPrice)
