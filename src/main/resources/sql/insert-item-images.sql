INSERT INTO item_image (item_id, position, url)
SELECT new_rows.itemId, new_rows.position, new_rows.url
FROM JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$.itemId',
  position INT PATH '$.position',
  url VARCHAR(500) PATH '$.url')) AS new_rows
