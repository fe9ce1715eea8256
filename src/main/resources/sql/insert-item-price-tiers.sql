INSERT INTO item_price_tier (item_id, start_quantity, price, promotion_price)
SELECT new_rows.itemId, new_rows.startQuantity, new_rows.price, new_rows.promotionPrice
FROM JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$[0]',
  startQuantity INT PATH '$[1]',
  price DECIMAL(16, 4) PATH '$[2]',
  promotionPrice DECIMAL(16, 4) PATH '$[3]')) AS new_rows
