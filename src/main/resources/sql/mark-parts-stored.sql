UPDATE JSON_TABLE(:#itemIds, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
STRAIGHT_JOIN item FORCE INDEX (PRIMARY) ON item.item_id = ids.item_id
SET item.parts_hash = item.content_hash
