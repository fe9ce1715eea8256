INSERT INTO item_sku (item_id, position, sku_id, spec_id, code, price, stock, attributes, image_url)
SELECT new_rows.itemId, new_rows.position, new_rows.skuId, new_rows.specId, new_rows.code, new_rows.price, new_rows.stock, new_rows.attributes, new_rows.imageUrl
FROM JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$[0]',
  position INT PATH '$[1]',
  skuId BIGINT PATH '$[2]',
  specId VARCHAR(64) PATH '$[3]',
  code VARCHAR(200) PATH '$[4]',
  price DECIMAL(16, 4) PATH '$[5]',
  stock BIGINT PATH '$[6]',
  attributes VARCHAR(2000) PATH '$[7]',
  imageUrl VARCHAR(500) PATH '$[8]')) AS new_rows
