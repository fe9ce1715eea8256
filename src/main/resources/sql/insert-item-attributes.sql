INSERT INTO item_attribute (item_id, position, attribute_id, name, value)
SELECT new_rows.itemId, new_rows.position, new_rows.attributeId, new_rows.name, new_rows.value
FROM JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$.itemId',
  position INT PATH '$.position',
  attributeId BIGINT PATH '$.attributeId',
  name VARCHAR(200) PATH '$.name',
  value VARCHAR(1000) PATH '$.value')) AS new_rows
