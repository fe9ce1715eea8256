UPDATE item SET parts_hash = content_hash WHERE item_id IN (:#in:itemIds)
