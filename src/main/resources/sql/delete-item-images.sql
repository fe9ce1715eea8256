DELETE FROM item_image WHERE item_id IN (:#in:itemIds)
