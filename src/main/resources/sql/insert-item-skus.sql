INSERT INTO item_sku (item_id, position, sku_id, spec_id, code, price, stock, attributes, image_url)
SELECT new_rows.itemId, new_rows.position, new_rows.skuId, new_rows.specId, new_rows.code, new_rows.price, new_rows.stock, new_rows.attributes, new_rows.imageUrl
FROM JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$.itemId',
  position INT PATH '$.position',
  skuId BIGINT PATH '$.skuId',
  specId VARCHAR(64) PATH '$.specId',
  code VARCHAR(200) PATH '$.code',
  price DECIMAL(16, 4) PATH '$.price',
  stock BIGINT PATH '$.stock',
  attributes VARCHAR(2000) PATH '$.attributes',
  imageUrl VARCHAR(500) PATH '$.imageUrl')) AS new_rows
