INSERT INTO item_sku (item_id, position, sku_id, spec_id, code, price, stock, attributes, image_url)
VALUES (:#itemId, :#position, :#skuId, :#specId, :#code, :#price, :#stock, :#attributes, :#imageUrl)
