DELETE item_attribute
FROM JSON_TABLE(:#itemIds, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
STRAIGHT_JOIN item_attribute FORCE INDEX (PRIMARY) ON item_attribute.item_id = ids.item_id
