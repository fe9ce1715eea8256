DELETE item_sku
FROM JSON_TABLE(:#itemIds, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
STRAIGHT_JOIN item_sku FORCE INDEX (PRIMARY) ON item_sku.item_id = ids.item_id
