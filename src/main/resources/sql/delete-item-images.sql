DELETE item_image
FROM JSON_TABLE(:#itemIds, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
STRAIGHT_JOIN item_image FORCE INDEX (PRIMARY) ON item_image.item_id = ids.item_id
