INSERT INTO item_attribute (item_id, position, attribute_id, name, value)
SELECT new_rows.itemId, new_rows.position, new_rows.attributeId, new_rows.name, new_rows.value
FROM JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$[0]',
  position INT PATH '$[1]',
  attributeId BIGINT PATH '$[2]',
  name VARCHAR(200) PATH '$[3]',
  value VARCHAR(1000) PATH '$[4]')) AS new_rows
