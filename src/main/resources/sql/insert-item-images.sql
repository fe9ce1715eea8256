INSERT INTO item_image (item_id, position, url)
SELECT new_rows.itemId, new_rows.position, new_rows.url
FROM JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$[0]',
  position INT PATH '$[1]',
  url VARCHAR(500) PATH '$[2]')) AS new_rows
