-- What is stored of these items. The rows are held, so that until the end of the transaction no other node writes parts of them.
SELECT item.item_id, item.parts_hash, CAST(item.fetched_at AS CHAR) AS fetched_at
FROM JSON_TABLE(:#itemIds, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
STRAIGHT_JOIN item FORCE INDEX (PRIMARY) ON item.item_id = ids.item_id
FOR UPDATE
