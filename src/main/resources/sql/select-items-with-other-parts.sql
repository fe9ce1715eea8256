-- Which of these items now hold another content than the one whose parts are stored. The upsert before it, in the same transaction,
-- holds the rows, so that no other node writes parts of these items meanwhile.
SELECT item_id, content_hash, parts_hash FROM item
WHERE item_id IN (:#in:itemIds) AND (parts_hash IS NULL OR parts_hash <> content_hash)
