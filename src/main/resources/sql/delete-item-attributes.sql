DELETE FROM item_attribute WHERE item_id IN (:#in:itemIds)
