DELETE FROM item_price_tier WHERE item_id IN (:#in:itemIds)
