DELETE item_price_tier
FROM JSON_TABLE(:#itemIds, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
STRAIGHT_JOIN item_price_tier FORCE INDEX (PRIMARY) ON item_price_tier.item_id = ids.item_id
