DELETE FROM item_sku WHERE item_id IN (:#in:itemIds)
