-- Which of these items now hold another content than the one whose parts are stored, and whether any parts are there. Parts without
-- a hash are of an item whose row was lost. The upsert before it, in the same transaction, holds the rows, so that no other node
-- writes parts of these items meanwhile.
SELECT item.item_id, item.content_hash,
       item.parts_hash IS NOT NULL
         OR EXISTS (SELECT 1 FROM item_sku part WHERE part.item_id = item.item_id)
         OR EXISTS (SELECT 1 FROM item_price_tier part WHERE part.item_id = item.item_id)
         OR EXISTS (SELECT 1 FROM item_image part WHERE part.item_id = item.item_id)
         OR EXISTS (SELECT 1 FROM item_attribute part WHERE part.item_id = item.item_id) AS parts_stored
FROM JSON_TABLE(:#itemIds, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
STRAIGHT_JOIN item FORCE INDEX (PRIMARY) ON item.item_id = ids.item_id
WHERE item.parts_hash IS NULL OR item.parts_hash <> item.content_hash
