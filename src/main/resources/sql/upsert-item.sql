-- Never goes back in time: a reply that is older than the stored one changes nothing. The order matters, because an assignment sees
-- those before it: fetched_at comes last, and updated_at first, as it asks whether the content or the status is another (an item
-- that was gone comes back with the content it had).
INSERT INTO item (item_id, title, category_id, category_name, seller_id, status, price_min, price_max, min_order_quantity, stock,
                  unit, currency, image_count, sku_count, listed_at, modified_at, content_hash, raw_hash, fetched_at,
                  first_seen_at, last_seen_at, updated_at)
VALUES (:#itemId, :#title, :#categoryId, :#categoryName, :#sellerId, :#status, :#priceMin, :#priceMax, :#minOrderQuantity, :#stock,
        :#unit, :#currency, :#imageCount, :#skuCount, :#listedAt, :#modifiedAt, :#contentHash, :#rawHash, :#fetchedAt,
        :#fetchedAt, :#fetchedAt, :#fetchedAt)
ON DUPLICATE KEY UPDATE
  updated_at         = IF(VALUES(fetched_at) >= fetched_at AND (VALUES(content_hash) <> content_hash OR VALUES(status) <> status),
                          VALUES(updated_at), updated_at),
  title              = IF(VALUES(fetched_at) >= fetched_at, VALUES(title), title),
  category_id        = IF(VALUES(fetched_at) >= fetched_at, VALUES(category_id), category_id),
  category_name      = IF(VALUES(fetched_at) >= fetched_at, VALUES(category_name), category_name),
  seller_id          = IF(VALUES(fetched_at) >= fetched_at, VALUES(seller_id), seller_id),
  status             = IF(VALUES(fetched_at) >= fetched_at, VALUES(status), status),
  price_min          = IF(VALUES(fetched_at) >= fetched_at, VALUES(price_min), price_min),
  price_max          = IF(VALUES(fetched_at) >= fetched_at, VALUES(price_max), price_max),
  min_order_quantity = IF(VALUES(fetched_at) >= fetched_at, VALUES(min_order_quantity), min_order_quantity),
  stock              = IF(VALUES(fetched_at) >= fetched_at, VALUES(stock), stock),
  unit               = IF(VALUES(fetched_at) >= fetched_at, VALUES(unit), unit),
  currency           = IF(VALUES(fetched_at) >= fetched_at, VALUES(currency), currency),
  image_count        = IF(VALUES(fetched_at) >= fetched_at, VALUES(image_count), image_count),
  sku_count          = IF(VALUES(fetched_at) >= fetched_at, VALUES(sku_count), sku_count),
  listed_at          = IF(VALUES(fetched_at) >= fetched_at, VALUES(listed_at), listed_at),
  modified_at        = IF(VALUES(fetched_at) >= fetched_at, VALUES(modified_at), modified_at),
  content_hash       = IF(VALUES(fetched_at) >= fetched_at, VALUES(content_hash), content_hash),
  raw_hash           = IF(VALUES(fetched_at) >= fetched_at, VALUES(raw_hash), raw_hash),
  first_seen_at      = LEAST(VALUES(first_seen_at), first_seen_at),
  last_seen_at       = GREATEST(VALUES(last_seen_at), last_seen_at),
  fetched_at         = GREATEST(VALUES(fetched_at), fetched_at)
