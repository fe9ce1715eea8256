INSERT INTO item_price_tier (item_id, start_quantity, price, promotion_price)
SELECT new_rows.itemId, new_rows.startQuantity, new_rows.price, new_rows.promotionPrice
FROM JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$.itemId',
  startQuantity INT PATH '$.startQuantity',
  price DECIMAL(16, 4) PATH '$.price',
  promotionPrice DECIMAL(16, 4) PATH '$.promotionPrice')) AS new_rows
